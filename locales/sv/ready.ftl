ready-title = Din länk är klar
ready-intro = Skicka den till en enda person
ready-once = Öppna den inte själv. Den öppnas en enda gång.
ready-link = Länk
ready-copy = Kopiera länken
ready-copy-note = Kopiera med en kort text
ready-note-language = Textens språk
ready-share = Dela
ready-share-failed = Det gick inte att dela. Kopiera länken.
ready-note = Jag har skickat dig något. Det går att öppna en enda gång, före { $date }.
ready-by-hand = Håll fingret på länken för att kopiera den.
copied = Kopierat
ready-paste = Klistra nu in den i din chatt.
copied-link = Länken är kopierad
copy-failed = Det gick inte att kopiera. Länken är markerad. Kopiera den själv.

ready-more = Fler sätt: kort text, QR-kod
ready-code-label = QR-kod för länken
ready-code-warning = Den som skannar koden kan öppna det.

ready-apart-heading = Säg lösenordet på annat sätt
ready-apart = Skicka länken i chatten. Ring och säg lösenordet.
ready-password-copy = Kopiera lösenordet
ready-password-show = Visa lösenordet
ready-password-hide = Dölj lösenordet
copied-password = Lösenordet är kopierat
copy-password-failed = Det gick inte att kopiera. Lösenordet är markerat. Kopiera det själv.

ready-opens = Öppnas
ready-opens-once = En gång
ready-until = Raderas oöppnat
ready-password = Lösenord
ready-password-yes = Ja
ready-password-no = Nej

ready-status-heading = Se när det öppnas
ready-status = Bara du kan se statussidan. Spara länken till den.
ready-status-link = Statussida
ready-status-copy = Kopiera statuslänken
ready-status-name = Statuslänk
ready-again = Skicka något mer

already-title = Du har redan skapat länken
already = Vi sparar ingen kopia. Har du tappat bort den? Skapa en ny.
