ready-title = Je link is klaar
ready-intro = Stuur hem naar één persoon
ready-once = Open hem niet zelf. Hij gaat maar één keer open.
ready-link = Link
ready-copy = Link kopiëren
ready-copy-note = Kopieer met korte tekst
ready-note-language = Taal van de tekst
ready-share = Delen
ready-share-failed = Delen is niet gelukt. Kopieer de link.
ready-note = Ik heb je iets gestuurd. Het gaat één keer open, vóór { $date }.
ready-by-hand = Houd de link ingedrukt om hem te kopiëren.
copied = Gekopieerd
ready-paste = Plak hem nu in je chat.
copied-link = Link gekopieerd
copy-failed = Kopiëren is niet gelukt. De link is geselecteerd. Kopieer hem zelf.

ready-more = Meer: korte tekst, QR-code
ready-code-label = QR-code van de link
ready-code-warning = Iedereen die deze code scant, kan het openen.

ready-apart-heading = Vertel het wachtwoord apart
ready-apart = Stuur de link in de chat. Zeg het wachtwoord aan de telefoon.
ready-password-copy = Wachtwoord kopiëren
ready-password-show = Wachtwoord tonen
ready-password-hide = Wachtwoord verbergen
copied-password = Wachtwoord gekopieerd
copy-password-failed = Kopiëren is niet gelukt. Het wachtwoord is geselecteerd. Kopieer het zelf.

ready-opens = Gaat open
ready-opens-once = Eén keer
ready-until = Ongeopend verwijderd op
ready-password = Wachtwoord
ready-password-yes = Ja
ready-password-no = Nee

ready-status-heading = Zie wanneer het is geopend
ready-status = Alleen jij kunt de statuspagina zien. Bewaar de link ervan.
ready-status-link = Statuspagina
ready-status-copy = Statuslink kopiëren
ready-status-name = Statuslink
ready-again = Nog iets versturen

already-title = Je hebt deze link al gemaakt
already = We bewaren geen kopie. Ben je hem kwijt? Maak dan een nieuwe.
