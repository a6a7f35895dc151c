ready-title = Der Link ist fertig
ready-intro = Nur an eine Person senden
ready-once = Nicht selbst öffnen. Er geht nur einmal auf.
ready-link = Link
ready-copy = Link kopieren
ready-copy-note = Mit kurzem Text kopieren
ready-note-language = Sprache des Textes
ready-share = Teilen
ready-share-failed = Das Teilen hat nicht geklappt. Den Link kopieren.
ready-note = Hier kommt etwas von mir. Es geht nur einmal auf, und nur bis { $date }.
ready-by-hand = Zum Kopieren den Link gedrückt halten.
copied = Kopiert
ready-paste = Jetzt im Chat einfügen.
copied-link = Link kopiert
copy-failed = Das Kopieren hat nicht geklappt. Der Link ist markiert. Bitte von Hand kopieren.

ready-more = Mehr: kurzer Text, QR-Code
ready-code-label = QR-Code des Links
ready-code-warning = Wer diesen Code scannt, kann es öffnen.

ready-apart-heading = Passwort getrennt mitteilen
ready-apart = Den Link im Chat senden. Das Passwort am Telefon sagen.
ready-password-copy = Passwort kopieren
ready-password-show = Passwort anzeigen
ready-password-hide = Passwort verbergen
copied-password = Passwort kopiert
copy-password-failed = Das Kopieren hat nicht geklappt. Das Passwort ist markiert. Bitte von Hand kopieren.

ready-opens = Öffnen
ready-opens-once = Nur einmal
ready-until = Wird ungeöffnet gelöscht am
ready-password = Passwort
ready-password-yes = Ja
ready-password-no = Nein

ready-status-heading = Sehen, wann es geöffnet wird
ready-status = Niemand sonst kann die Statusseite sehen. Den Link dazu aufheben.
ready-status-link = Statusseite
ready-status-copy = Statuslink kopieren
ready-status-name = Statuslink
ready-again = Etwas anderes senden

already-title = Diesen Link gibt es schon
already = Wir behalten keine Kopie. Ist der Link verloren? Dann einen neuen erstellen.
