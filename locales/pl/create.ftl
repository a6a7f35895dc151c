create-title = Wyślij coś, co otworzy się raz
create-intro = Napisz wiadomość albo dodaj pliki. Wyślij link. Otworzy się raz, potem wszystko zniknie.

create-server-locks = Nie jest zamknięte na klucz w Twojej przeglądarce. Serwis { $site } zamknie to na klucz, gdy to odbierze.
create-lock-how = Jak zamknąć to przed wysłaniem
create-browser-locks = Zamknięte na klucz w Twojej przeglądarce. Serwis { $site } nie może tego przeczytać.

create-needs-script-title = Włącz JavaScript, żeby wysłać
create-needs-script = Ten serwis przyjmuje tylko to, co zamknięto na klucz w Twojej przeglądarce. Stara przeglądarka tego nie umie.
create-needs-https = Żeby wysłać, wejdź na { $address }.

create-message = Wiadomość
create-message-hint = Hasło, kod, kilka słów
create-message-left = { $n ->
    [one] Został { $n } znak
    [few] Zostały { $n } znaki
    [many] Zostało { $n } znaków
   *[other] Zostało { $n } znaku
}
create-message-over = { $n ->
    [one] O { $n } znak za dużo
    [few] O { $n } znaki za dużo
    [many] O { $n } znaków za dużo
   *[other] O { $n } znaku za dużo
}

create-files = Pliki
create-files-hint = Najwyżej { $n }, razem do { $max }.
create-files-full = Nie ma teraz miejsca na pliki. Wiadomość jeszcze się zmieści.
create-files-last = Pliki wybierz na końcu. Jeśli coś się nie uda, trzeba je wybrać ponownie.
create-files-choose = Dodaj pliki
create-files-more = Dodaj więcej plików
create-files-drop = Albo upuść je gdziekolwiek na stronie.
create-files-veil = Upuść, żeby dodać
create-files-remove = Usuń
create-files-total = { $n ->
    [one] { $n } plik, { $size } z { $max }
    [few] { $n } pliki, { $size } z { $max }
    [many] { $n } plików, { $size } z { $max }
   *[other] { $n } pliku, { $size } z { $max }
}
create-files-show = { $n ->
    [one] Pokaż jeszcze { $n } plik
    [few] Pokaż jeszcze { $n } pliki
    [many] Pokaż jeszcze { $n } plików
   *[other] Pokaż jeszcze { $n } pliku
}
create-files-added = { $n ->
    [one] Dodano { $n } plik
    [few] Dodano { $n } pliki
    [many] Dodano { $n } plików
   *[other] Dodano { $n } pliku
}
create-shared = To przyszło z innej aplikacji albo strony. Wstawić to do Twojej wiadomości?
create-shared-add = Wstaw
create-shared-drop = Nie wstawiaj
create-files-slow = Duże pliki wysyłają się kilka minut. Nie zamykaj tej strony.

create-lifetime = Jak długo może to czekać?
create-lifetime-hint = Jeśli do tego czasu nikt tego nie otworzy, zostanie to usunięte.
create-more = Hasło i dokładny czas
create-password = Dodaj hasło (opcjonalnie)
create-password-hint = { $n ->
    [one] Co najmniej { $n } znak. Przekaż hasło inną drogą, na przykład przez telefon.
    [few] Co najmniej { $n } znaki. Przekaż hasło inną drogą, na przykład przez telefon.
    [many] Co najmniej { $n } znaków. Przekaż hasło inną drogą, na przykład przez telefon.
   *[other] Co najmniej { $n } znaku. Przekaż hasło inną drogą, na przykład przez telefon.
}
create-password-make = Wymyśl za mnie
create-password-busy = Wymyślamy…

create-until = Albo wybierz dzień i godzinę (opcjonalnie)
create-until-hint = Czas od teraz: { $from } – { $to }

create-button = Utwórz link
create-ask = Poproś kogoś o coś
create-busy = Tworzymy link…

problem-message-empty = Napisz coś albo wybierz plik
problem-message-long = { $n ->
    [one] Skróć wiadomość o { $n } znak
    [few] Skróć wiadomość o { $n } znaki
    [many] Skróć wiadomość o { $n } znaków
   *[other] Skróć wiadomość o { $n } znaku
}
problem-password-short = { $n ->
    [one] Hasło musi mieć co najmniej { $n } znak
    [few] Hasło musi mieć co najmniej { $n } znaki
    [many] Hasło musi mieć co najmniej { $n } znaków
   *[other] Hasło musi mieć co najmniej { $n } znaku
}
problem-password-make = Nie udało się wymyślić hasła. Wpisz własne
problem-lifetime = Wybierz, kiedy to usunąć
problem-until = Wybierz inny czas. Czas od teraz: { $from } – { $to }
problem-until-part = Podaj i dzień, i godzinę
problem-files-many = { $n ->
    [one] Wybierz najwyżej { $n } plik
    [few] Wybierz najwyżej { $n } pliki
    [many] Wybierz najwyżej { $n } plików
   *[other] Wybierz najwyżej { $n } pliku
}
problem-files-big = Twoje pliki mają razem { $size }. Można najwyżej { $max }
problem-file-big = Plik { $name } jest za duży. Można najwyżej { $max }
problem-file-empty = Plik { $name } jest pusty. Wybierz inny
problem-file-unreadable = Nie możemy odczytać { $name }. Jeśli to folder, najpierw spakuj go do ZIP
problem-file-changed = Plik { $name } się zmienił. Wybierz go ponownie
