request-title = Be om något
request-intro = Skapa en länk. Den andra personen skickar dig ett meddelande eller filer med den.
request-intro-only = Bara du kan öppna dem.
request-server-locks = Din webbläsare låser inte det här. { $site } låser det när det kommer fram och sparar ingen nyckel.
request-needs-script = Den här webbplatsen tar bara emot det som är låst i din webbläsare.
request-note = Vad behöver du? (valfritt)
request-note-hint = Vem som helst med länken kan läsa det här
request-answers = Hur många svar vill du ha?
request-count = { $n ->
    [one] { $n } svar
   *[other] { $n } svar
}
request-lifetime = Stäng länken efter
request-button = Skapa en svarslänk
request-busy = Skapar dina länkar…
request-preview = Det här får den andra se
problem-note-long = Gör texten kortare

request-ready-title = Du har två länkar
request-ready-send = Skicka den här
request-ready-send-name = Länk att skicka
request-ready-until = Den tar emot svar fram till { $date }.
request-ready-keep = Behåll den här
request-ready-keep-name = Din privata länk
request-ready-why = Bara den här länken öppnar svaret. Vi kan inte ta fram länken igen.
request-ready-both = Spara båda länkarna innan du lämnar sidan.
request-note-shared = Skicka det gärna till mig med den här länken. Den fungerar fram till { $date }.
request-code = QR-kod
request-code-warning = Den som skannar koden kan svara dig.
request-keep-copy = Kopiera den privata länken
request-keep-share = Skicka till mig själv
request-keep-shared = Min privata länk. Den öppnar det andra skickar till mig. Skicka den inte vidare.
request-keep-print = Skriv ut
request-keep-done = Spara den där bara du tittar.
request-keep-code = QR-kod för din privata länk
request-keep-code-warning = Den som skannar koden kan öppna dina svar.

collect-heading = Har du bett om något förut?
collect-link = Klistra in din privata länk
collect-button = Se vad som har kommit
collect-none-title = Inget har kommit än
collect-never-title = Inget kom
collect-title = { $n ->
    [one] Ditt svar är här
   *[other] { $n } svar är här
}
collect-open = Länken tar emot svar fram till { $date }.
collect-full = Alla svar har kommit. Länken är stängd.
collect-expired = Tiden är slut. Länken är stängd.
collect-deleted = Du stängde länken.
collect-removed = Webbplatsen tog bort det här. Någon anmälde det.
collect-answer = Svar { $n }
collect-came = Det kom { $date }.
collect-once = Varje svar öppnas en enda gång. Sedan raderas det.
collect-changed = Det här ändrades på vägen. Be om det igen.
collect-message = Ett meddelande.
collect-files = Filer, ungefär { $size }.
collect-unsaved = Öppnat. Du kan fortsätta fram till { $date }.
collect-opened = Öppnades { $date }.
collect-gone = Det är borta. Be om det igen.
collect-asked = Du bad om:
collect-again = Be om något igen
collect-end = Stäng länken
collect-end-title = Stänga länken?
collect-end-text = Inget mer kan komma. Det som har kommit finns kvar här.
collect-end-yes = Stäng den
collect-end-busy = Stänger…
collect-end-no = Låt den vara öppen

problem-link-is-to-send = Det här är länken att skicka. Klistra in din privata länk.
problem-link-is-of-share = Det här är en annan sorts länk.
