give-title = Någon ber dig om något
give-notice = Vi vet inte vem som ber. Fråga först den som du tror att det är. Skicka aldrig din pinkod från banken eller en kod från ett sms.
give-report = Är det en bluff eller ett hot? Skicka inget. Berätta för oss och skicka länken till oss: { $contact }
give-look = Se vad personen vill ha
give-look-busy = Tittar…
give-wrote = Så här står det:
give-no-note = Det finns ingen text.
give-until = Du kan skicka fram till { $date }.
give-button = Skicka
give-busy = Skickar…
give-changed-title = Skicka inget här
give-changed-why = Den här länken har ändrats. Be om en ny.
give-changed = Skicka inget här. Den här länken har ändrats. Be om en ny.
give-link-is-private = Det här är din privata länk. Den går inte att skicka med. Öppna den för att se vad som kommit.

sent-title = Skickat
sent = Bara personen som bad om det kan öppna det. Du kan stänga den här sidan.
sent-by-site = Personen som bad om det kan öppna det nu. Du kan stänga den här sidan.

request-over-title = Den här länken är stängd
request-over-full-title = Allt som behövs har kommit
request-over-full = Länken tar inte emot mer.
request-over-expired = Tiden är slut.
request-over-deleted = Personen som bad om det stängde länken.
request-over-removed = Webbplatsen tog bort det här. Någon anmälde det.
request-over-nothing = Inget skickades.
