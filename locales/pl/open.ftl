open-title = Ktoś Ci coś wysłał
open-intro = Otworzy się jeden raz, potem zostanie usunięte.
open-expected = Spodziewasz się tego?

open-notice = Serwis { $site } nie wie, kto to wysłał. Jeśli się tego nie spodziewasz, najpierw zapytaj przez telefon albo na czacie.

open-what-message = Wiadomość. Otworzy się jeden raz, potem zostanie usunięta.
open-what-files = Pliki, około { $size }. Otworzą się jeden raz, potem zostaną usunięte.
open-before = Otwórz do: { $date }.
open-host = Jesteś na stronie { $address }.

open-password = Hasło od nadawcy
open-password-hint = Nie hasło do poczty ani do banku
open-button = Otwórz teraz
open-busy = Otwieramy…
open-not-you = To nie dla Ciebie? Zamknij tę stronę. Nic nie zostało otwarte.
open-report = To oszustwo albo groźba? Nie otwieraj. Daj nam znać i prześlij nam link: { $contact }
open-elsewhere = Tę stronę otworzyła inna aplikacja?
open-elsewhere-why = Zapisanie może się tam nie udać. Skopiuj link i otwórz go w swojej przeglądarce.
open-taking-over = Masz to już otwarte w innej aplikacji. Otwarto: { $date }. Kontynuować tutaj?
open-own = To link utworzony przez Ciebie. Jeśli go otworzysz, druga osoba już nie będzie mogła.
open-own-anyway = Otwórz mimo to

open-link = Wklej tu cały link
open-link-hint = Potrzebujemy części po znaku #. Twoja przeglądarka nam jej nie wysyła.
open-password-maybe-hint = Tylko jeśli nadawca je dodał
open-server-unlocks = Bez JavaScriptu otwiera to kluczem serwis { $site }. Przez chwilę to widzi i nie zachowuje kopii.
open-server-unlocks-http = Bez https otwiera to kluczem serwis { $site }. Przez chwilę to widzi i nie zachowuje kopii.
open-needs-script = Żeby otworzyć, włącz JavaScript albo użyj nowszej przeglądarki. Nic jeszcze nie jest otwarte.
open-needs-https = Żeby otworzyć, wejdź na { $address }. Nic jeszcze nie jest otwarte.

problem-password-needed = Wpisz hasło od nadawcy
problem-password-not-right = To złe hasło.
problem-password-wrong = { $n ->
    [one] To złe hasło. Możesz spróbować jeszcze { $n } raz.
    [few] To złe hasło. Możesz spróbować jeszcze { $n } razy.
    [many] To złe hasło. Możesz spróbować jeszcze { $n } razy.
   *[other] To złe hasło. Możesz spróbować jeszcze { $n } raza.
}
problem-password-wait = { $n ->
    [one] Za dużo prób. Poczekaj { $n } minutę.
    [few] Za dużo prób. Poczekaj { $n } minuty.
    [many] Za dużo prób. Poczekaj { $n } minut.
   *[other] Za dużo prób. Poczekaj { $n } minuty.
}
problem-lost = Ten serwis zgubił część zawartości. Poproś o nowy link.
problem-link = To nie jest cały link. Skopiuj go jeszcze raz w całości.
problem-changed = Zostało to zmienione po drodze. Poproś o nowy link.

damaged-title = Ten link jest niepełny
damaged = Jego część się zgubiła. Nic nie zostało otwarte.
damaged-own = To własny link nadawcy. Niczego nie otwiera. Poproś nadawcę o ten drugi link.
damaged-link = Wklej cały link
damaged-button = Wypróbuj ten link

open-terminal = Otwórz ten link w przeglądarce. Nic nie zostało otwarte.
open-terminal-how = Skopiuj go w całości, także część po znaku #.
