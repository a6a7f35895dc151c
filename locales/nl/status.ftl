status-title = Kijk of het is geopend
status-link = Plak je statuslink
status-check = Controleren

status-waiting-title = Nog niet geopend
status-waiting = Het wordt verwijderd op { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } verkeerd wachtwoord tot nu toe.
   *[other] { $n } verkeerde wachtwoorden tot nu toe.
}
status-opened-title = Geopend en verwijderd
status-opened = Geopend op { $date }.
status-reading-title = Geopend
status-reading = Wie het opende, kan het nog eens lezen tot { $date }. Daarna wordt het verwijderd.
status-unsaved-title = Geopend, bestanden nog hier
status-unsaved = Wie het opende, kan de bestanden opslaan tot { $date }.
status-words = Wie het opende, ziet deze woorden: { $words }. Bel degene aan wie je het stuurde en vraag ernaar.
status-expired-title = De tijd is om
status-expired = Niemand heeft het geopend. Het is verwijderd.
status-deleted-title = Door jou verwijderd
status-deleted = Op { $date }. Niemand heeft het geopend.

status-removed-title = De site heeft dit weggehaald
status-removed = Op { $date }. Niemand heeft het geopend. Iemand heeft het gemeld.
status-moved = Wie het opende, ging verder in een andere browser op { $date }.
status-lost = Deze site is een deel van de bestanden kwijtgeraakt. Stuur ze opnieuw.

status-step-made = Link gemaakt
status-step-opened = Geopend
status-step-unopened = Niet geopend
status-step-deleted = Verwijderd
status-nothing-left = Er is niets meer van over op { $site }.
status-not-them = Was het iemand anders? Verander dan het wachtwoord of de code die je hebt gestuurd.

status-updates = Deze pagina werkt zichzelf bij.
status-private = Deze pagina is alleen voor jou. De link ervan werkt tot { $date }.
status-checked = Gecontroleerd: { $date }.
status-again = Opnieuw controleren
status-busy = Wordt gecontroleerd…

status-delete = Nu verwijderen
status-delete-title = Nu verwijderen?
status-delete-text = De link werkt dan niet meer. Je kunt dit niet ongedaan maken.
status-delete-yes = Verwijderen
status-delete-busy = Wordt verwijderd…
status-delete-no = Bewaren
status-other-link = Dit is de link om te versturen. Plak je eigen statuslink.
