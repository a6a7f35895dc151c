status-title = Se om det er åpnet
status-link = Lim inn statuslenken din
status-check = Sjekk

status-waiting-title = Ikke åpnet ennå
status-waiting = Det blir slettet { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } feil passord til nå.
   *[other] { $n } feil passord til nå.
}
status-opened-title = Åpnet og slettet
status-opened = Åpnet { $date }.
status-reading-title = Åpnet
status-reading = Den som åpnet den, kan lese den igjen til { $date }. Så blir den slettet.
status-unsaved-title = Åpnet, filene ligger her ennå
status-unsaved = Den som åpnet det, kan lagre filene til { $date }.
status-words = Den som åpnet det, ser disse ordene: { $words }. Ring den du sendte det til, og spør.
status-expired-title = Tiden er ute
status-expired = Ingen åpnet det. Det er slettet.
status-deleted-title = Slettet av deg
status-deleted = Slettet { $date }. Ingen åpnet det.

status-removed-title = Nettstedet fjernet dette
status-removed = Fjernet { $date }. Ingen åpnet det. Noen meldte fra om det.
status-moved = Den som åpnet det, fortsatte i en annen nettleser { $date }.
status-lost = Nettstedet har mistet en del av filene. Send dem på nytt.

status-step-made = Lenke laget
status-step-opened = Åpnet
status-step-unopened = Ikke åpnet
status-step-deleted = Slettet
status-nothing-left = Det er ingenting igjen på { $site }.
status-not-them = Var det ikke den du sendte det til? Bytt passordet eller koden du sendte.

status-updates = Denne siden oppdaterer seg selv.
status-private = Denne siden er bare for deg. Lenken til den virker til { $date }.
status-checked = Sjekket { $date }.
status-again = Sjekk igjen
status-busy = Sjekker …

status-delete = Slett det nå
status-delete-title = Slette det nå?
status-delete-text = Lenken slutter å virke. Du kan ikke angre dette.
status-delete-yes = Slett det
status-delete-busy = Sletter …
status-delete-no = Behold det
status-other-link = Dette er lenken du skal sende. Lim inn din egen statuslenke.
