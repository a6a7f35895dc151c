ready-title = Twój link jest gotowy
ready-intro = Wyślij go jednej osobie
ready-once = Ty go nie otwieraj. Otworzy się jeden raz.
ready-link = Link
ready-copy = Kopiuj link
ready-copy-note = Kopiuj z krótkim dopiskiem
ready-note-language = Język dopisku
ready-share = Udostępnij
ready-share-failed = Nie udało się udostępnić. Skopiuj link.
ready-note = Przesyłam coś. Otworzy się jeden raz, do: { $date }.
ready-by-hand = Naciśnij i przytrzymaj link, żeby go skopiować.
copied = Skopiowano
ready-paste = Teraz wklej go na swoim czacie.
copied-link = Link skopiowany
copy-failed = Nie udało się skopiować. Link jest zaznaczony. Skopiuj go ręcznie.

ready-more = Więcej: krótki dopisek, kod QR
ready-code-label = Kod QR linku
ready-code-warning = Każdy, kto zeskanuje ten kod, może to otworzyć.

ready-apart-heading = Hasło przekaż inną drogą
ready-apart = Link wyślij na czacie. Hasło podaj przez telefon.
ready-password-copy = Kopiuj hasło
ready-password-show = Pokaż hasło
ready-password-hide = Ukryj hasło
copied-password = Hasło skopiowane
copy-password-failed = Nie udało się skopiować. Hasło jest zaznaczone. Skopiuj je ręcznie.

ready-opens = Otwiera się
ready-opens-once = Jeden raz
ready-until = Nieotwarte zostanie usunięte
ready-password = Hasło
ready-password-yes = Jest
ready-password-no = Brak

ready-status-heading = Zobacz, kiedy ktoś to otworzy
ready-status = Tylko Ty możesz zobaczyć stronę statusu. Zachowaj link do niej.
ready-status-link = Strona statusu
ready-status-copy = Kopiuj link do statusu
ready-status-name = Link do statusu
ready-again = Wyślij coś jeszcze

already-title = Ten link już jest utworzony
already = Nie mamy kopii. Jeśli link się zgubił, utwórz nowy.
