opened-title-message = Oto Twoja wiadomość
opened-title-files = Oto Twoje pliki
opened-title-both = Oto, co przyszło

opened-deleted = Usunięto to z serwisu { $site }. Teraz jest tylko na tej stronie.
opened-reading = Serwis { $site } trzyma to tylko dla tej strony do: { $date }. Odśwież ją, żeby zobaczyć to znowu.
opened-reading-within = Odśwież tę stronę, żeby zobaczyć to znowu. Serwis { $site } usunie swoją kopię. Czas do usunięcia: najwyżej { $span }.
opened-within = Serwis { $site } usunie swoją kopię. Czas do usunięcia: najwyżej { $span }.
opened-message = Wiadomość
opened-copy = Kopiuj
opened-copied = Wiadomość skopiowana
opened-copy-failed = Nie udało się skopiować. Wiadomość jest zaznaczona. Skopiuj ją ręcznie.
opened-unfold = Pokaż resztę
opened-fold = Pokaż mniej
opened-align = Pokaż w kolumnach
opened-wrap = Zawijaj wiersze
opened-save = Zapisz jako plik
opened-file-name = wiadomość

opened-files = Pliki
opened-count = { $n ->
    [one] { $n } plik, { $size }
    [few] { $n } pliki, { $size }
    [many] { $n } plików, { $size }
   *[other] { $n } pliku, { $size }
}
opened-files-notice = Otwieraj tylko te pliki, których się spodziewasz.
opened-keeping-minutes = { $n ->
    [one] Przechowujemy jeszcze około { $n } minuty
    [few] Przechowujemy jeszcze około { $n } minut
    [many] Przechowujemy jeszcze około { $n } minut
   *[other] Przechowujemy jeszcze około { $n } minuty
}
opened-keeping-hours = { $n ->
    [one] Przechowujemy jeszcze około { $n } godziny
    [few] Przechowujemy jeszcze około { $n } godzin
    [many] Przechowujemy jeszcze około { $n } godzin
   *[other] Przechowujemy jeszcze około { $n } godziny
}
opened-all-saved = Wszystko zapisane. Usunięte z serwisu { $site }.
opened-file-save = Zapisz
opened-file-saving = Zapisujemy: { $n }%
opened-file-saved = Zapisano.
opened-file-again = Jeszcze raz
opened-file-failed = Nie zapisano.
opened-file-retry = Spróbuj znowu
opened-share = Zapisz lub udostępnij
opened-blocked = Ta aplikacja nie pozwala zapisywać. Otwórz link w swojej przeglądarce. Czas na to: { $grace }.
opened-save-all = Zapisz wszystkie
opened-downloaded = Wszystkie pliki trafiły do pobranych. Sprawdź, czy się otwierają.
opened-have-all = Mam wszystkie. Usuń je
opened-program = To program. Uruchom go tylko, jeśli ufasz nadawcy.
opened-renamed = Zmieniliśmy tę nazwę, żeby plik dało się zapisać na każdym urządzeniu.
opened-over = Tych plików już tu nie zapiszesz. Ich czas minął albo są otwarte dalej w innej przeglądarce.
opened-no-room = Na Twoim urządzeniu nie ma miejsca na ten plik.
opened-holds = Twoja przeglądarka musi pomieścić cały plik, zanim go zapisze. Duże pliki mogą się nie zapisać.
opened-picture = Pokaż obraz
opened-picture-alt = Obraz: { $name }
opened-picture-failed = Nie możemy pokazać tego obrazu. Możesz go zapisać.
opened-play = Odtwórz
opened-player = Odtwarzacz: { $name }
opened-play-failed = Nie możemy tego odtworzyć. Możesz to zapisać.
opened-words = Jeśli osoba, która to wysłała, zapyta, kto to otworzył, podaj jej te słowa: { $words }. Ona też może je widzieć.
opened-clear = Mam zapisane. Wyczyść stronę
opened-done-title = Gotowe
opened-done = Nic nie zostało ani w serwisie { $site }, ani na tej stronie.
opened-done-until = Na tej stronie nic nie zostało. Serwis { $site } usunie swoją kopię najpóźniej: { $date }.
opened-back = Wyślij coś w odpowiedzi
