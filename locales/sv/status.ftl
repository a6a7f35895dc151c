status-title = Se om det har öppnats
status-link = Klistra in din statuslänk
status-check = Kontrollera

status-waiting-title = Inte öppnat än
status-waiting = Det raderas { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } felaktigt lösenord hittills.
   *[other] { $n } felaktiga lösenord hittills.
}
status-opened-title = Öppnat och raderat
status-opened = Öppnades { $date }.
status-reading-title = Öppnat
status-reading = Den som öppnade det kan läsa det igen fram till { $date }. Sedan raderas det.
status-unsaved-title = Öppnat, filerna finns kvar
status-unsaved = Den som öppnade det kan spara filerna fram till { $date }.
status-words = Den som öppnade det ser de här orden: { $words }. Ring den som du skickade det till och fråga efter dem.
status-expired-title = Tiden är slut
status-expired = Ingen öppnade det. Det är raderat.
status-deleted-title = Raderat av dig
status-deleted = Det raderades { $date }. Ingen öppnade det.

status-removed-title = Borttaget av webbplatsen
status-removed = Det togs bort { $date }. Ingen öppnade det. Någon anmälde det.
status-moved = Den som öppnade det fortsatte i en annan webbläsare { $date }.
status-lost = Webbplatsen har tappat bort en del av filerna. Skicka dem igen.

status-step-made = Länken skapad
status-step-opened = Öppnat
status-step-unopened = Inte öppnat
status-step-deleted = Raderat
status-nothing-left = Inget av det finns kvar på { $site }.
status-not-them = Var det någon annan? Byt lösenordet eller koden som du skickade.

status-updates = Den här sidan uppdateras av sig själv.
status-private = Den här sidan är bara för dig. Länken till den fungerar fram till { $date }.
status-checked = Kontrollerat: { $date }.
status-again = Kontrollera igen
status-busy = Kontrollerar…

status-delete = Radera det nu
status-delete-title = Radera det nu?
status-delete-text = Länken slutar fungera. Det går inte att ångra.
status-delete-yes = Radera det
status-delete-busy = Raderar…
status-delete-no = Behåll det
status-other-link = Det här är länken att skicka. Klistra in din egen statuslänk.
