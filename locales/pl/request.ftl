request-title = Poproś o coś
request-intro = Utwórz link. Druga osoba wyśle Ci przez niego wiadomość albo pliki.
request-intro-only = Otworzyć je możesz tylko Ty.
request-server-locks = Twoja przeglądarka nie zamknie tego na klucz. Serwis { $site } zamknie to, gdy to odbierze, i nie zachowa klucza.
request-needs-script = Ten serwis przyjmuje tylko to, co zamknięto na klucz w Twojej przeglądarce.
request-note = Czego potrzebujesz? (opcjonalnie)
request-note-hint = Może to przeczytać każdy, kto ma link
request-answers = Ile odpowiedzi chcesz?
request-count = { $n ->
    [one] { $n } odpowiedź
    [few] { $n } odpowiedzi
    [many] { $n } odpowiedzi
   *[other] { $n } odpowiedzi
}
request-lifetime = Jak długo link ma działać
request-button = Utwórz link z prośbą
request-busy = Tworzymy linki…
request-preview = Co zobaczy druga osoba
problem-note-long = Skróć tekst

request-ready-title = Masz dwa linki
request-ready-send = Ten wyślij
request-ready-send-name = Link do wysłania
request-ready-until = Przyjmuje odpowiedzi do: { $date }.
request-ready-keep = Ten zachowaj
request-ready-keep-name = Twój prywatny link
request-ready-why = Tylko ten link otwiera odpowiedź. Nie możemy go odzyskać.
request-ready-both = Zachowaj oba linki, zanim stąd wyjdziesz.
request-note-shared = Proszę przesłać mi to przez ten link. Działa do: { $date }.
request-code = Kod QR
request-code-warning = Każdy, kto zeskanuje ten kod, może Ci odpowiedzieć.
request-keep-copy = Kopiuj prywatny link
request-keep-share = Wyślij do siebie
request-keep-shared = Mój prywatny link. Otwiera to, co mi przysyłają. Nie przekazywać dalej.
request-keep-print = Wydrukuj
request-keep-done = Trzymaj go tam, gdzie zaglądasz tylko Ty.
request-keep-code = Kod QR prywatnego linku
request-keep-code-warning = Każdy, kto zeskanuje ten kod, może otworzyć odpowiedzi dla Ciebie.

collect-heading = Masz już wysłaną prośbę?
collect-link = Wklej swój prywatny link
collect-button = Zobacz, co przyszło
collect-none-title = Jeszcze nic nie przyszło
collect-never-title = Nic nie przyszło
collect-title = { $n ->
    [one] Jest { $n } odpowiedź
    [few] Są { $n } odpowiedzi
    [many] Jest { $n } odpowiedzi
   *[other] Jest { $n } odpowiedzi
}
collect-open = Link przyjmuje odpowiedzi do: { $date }.
collect-full = Przyszły wszystkie odpowiedzi. Link jest zamknięty.
collect-expired = Czas minął. Link jest zamknięty.
collect-deleted = Link zamknięty przez Ciebie.
collect-removed = Serwis to usunął. Ktoś to zgłosił.
collect-answer = Odpowiedź { $n }
collect-came = Przyszła: { $date }.
collect-once = Każda otwiera się raz. Potem zostaje usunięta.
collect-changed = Zostało to zmienione po drodze. Poproś jeszcze raz.
collect-message = Wiadomość.
collect-files = Pliki, około { $size }.
collect-unsaved = Otwarte. Możesz kontynuować do: { $date }.
collect-opened = Otwarto: { $date }.
collect-gone = Już jej nie ma. Poproś jeszcze raz.
collect-asked = Twoja prośba:
collect-again = Poproś jeszcze raz
collect-end = Zamknij link
collect-end-title = Zamknąć link?
collect-end-text = Nic więcej nie przyjdzie. To, co przyszło, zostanie tutaj.
collect-end-yes = Zamknij
collect-end-busy = Zamykamy…
collect-end-no = Zostaw otwarty

problem-link-is-to-send = To jest link do wysłania. Wklej swój prywatny link.
problem-link-is-of-share = To jest inny rodzaj linku.
