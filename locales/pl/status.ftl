status-title = Sprawdź, czy to otwarto
status-link = Wklej swój link do statusu
status-check = Sprawdź

status-waiting-title = Jeszcze nieotwarte
status-waiting = Zostanie usunięte: { $date }.
status-wrong-passwords = { $n ->
    [one] Jak dotąd { $n } złe hasło.
    [few] Jak dotąd { $n } złe hasła.
    [many] Jak dotąd { $n } złych haseł.
   *[other] Jak dotąd { $n } złego hasła.
}
status-opened-title = Otwarte i usunięte
status-opened = Otwarto: { $date }.
status-reading-title = Otwarte
status-reading = Kto to otworzył, może to przeczytać ponownie do: { $date }. Potem zostanie usunięte.
status-unsaved-title = Otwarte, pliki jeszcze są
status-unsaved = Kto to otworzył, może zapisać pliki do: { $date }.
status-words = Kto to otworzył, widzi te słowa: { $words }. Zadzwoń do osoby, do której to wysłano, i zapytaj.
status-expired-title = Czas minął
status-expired = Nikt tego nie otworzył. Zostało usunięte.
status-deleted-title = Usunięte przez Ciebie
status-deleted = Usunięto: { $date }. Nikt tego nie otworzył.

status-removed-title = Serwis to usunął
status-removed = Usunięto: { $date }. Nikt tego nie otworzył. Ktoś to zgłosił.
status-moved = Kto to otworzył, przeszedł do innej przeglądarki: { $date }.
status-lost = Ten serwis zgubił część plików. Wyślij je, proszę, jeszcze raz.

status-step-made = Link utworzony
status-step-opened = Otwarte
status-step-unopened = Nieotwarte
status-step-deleted = Usunięte
status-nothing-left = W serwisie { $site } nic nie zostało.
status-not-them = To nie ta osoba? Zmień wysłane hasło lub kod.

status-updates = Ta strona odświeża się sama.
status-private = Ta strona jest tylko dla Ciebie. Link do niej działa do: { $date }.
status-checked = Sprawdzono: { $date }.
status-again = Sprawdź ponownie
status-busy = Sprawdzamy…

status-delete = Usuń teraz
status-delete-title = Usunąć teraz?
status-delete-text = Link przestanie działać. Nie da się tego cofnąć.
status-delete-yes = Usuń
status-delete-busy = Usuwamy…
status-delete-no = Zostaw
status-other-link = To jest link do wysłania. Wklej swój link do statusu.
