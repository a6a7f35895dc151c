open-title = Någon har skickat dig något
open-intro = Det öppnas en enda gång, sedan raderas det.
open-expected = Väntade du dig det här?

open-notice = { $site } vet inte vem som skickade det. Om du inte väntade dig det, fråga först på telefon eller i en chatt.

open-what-message = Ett meddelande. Det öppnas en enda gång, sedan raderas det.
open-what-files = Filer, ungefär { $size }. De öppnas en enda gång, sedan raderas de.
open-before = Öppna det före { $date }.
open-host = Du är på { $address }.

open-password = Lösenord från avsändaren
open-password-hint = Inte lösenordet till din e-post eller bank
open-button = Öppna det nu
open-busy = Öppnar…
open-not-you = Inte till dig? Stäng den här sidan. Inget har öppnats.
open-report = Är det en bluff eller ett hot? Öppna det inte. Berätta för oss och skicka länken till oss: { $contact }
open-elsewhere = Öppnade en annan app den här sidan?
open-elsewhere-why = Det kanske inte går att spara där. Kopiera länken och öppna den i din webbläsare.
open-taking-over = Du öppnade det här i en annan app { $date }. Fortsätta här?
open-own = Du har skapat den här länken. Om du öppnar den kan mottagaren inte öppna den.
open-own-anyway = Öppna ändå

open-link = Klistra in hela länken här
open-link-hint = Vi behöver delen efter #. Din webbläsare ger den inte till oss.
open-password-maybe-hint = Bara om avsändaren valde ett
open-server-unlocks = Utan JavaScript är det { $site } som låser upp det här. Webbplatsen ser det en kort stund och sparar ingen kopia.
open-server-unlocks-http = Utan https är det { $site } som låser upp det här. Webbplatsen ser det en kort stund och sparar ingen kopia.
open-needs-script = Slå på JavaScript eller använd en nyare webbläsare för att öppna det. Inget är öppnat än.
open-needs-https = Använd { $address } för att öppna det. Inget är öppnat än.

problem-password-needed = Skriv lösenordet som du fått av avsändaren
problem-password-not-right = Det lösenordet stämmer inte.
problem-password-wrong = { $n ->
    [one] Det lösenordet stämmer inte. Du kan försöka { $n } gång till.
   *[other] Det lösenordet stämmer inte. Du kan försöka { $n } gånger till.
}
problem-password-wait = { $n ->
    [one] För många försök. Vänta { $n } minut.
   *[other] För många försök. Vänta { $n } minuter.
}
problem-lost = Webbplatsen har tappat bort en del av det. Be om en ny länk.
problem-link = Det är inte en hel länk. Kopiera hela länken igen.
problem-changed = Det här ändrades på vägen. Be om en ny länk.

damaged-title = Den här länken är inte hel
damaged = En del av den har gått förlorad. Inget öppnades.
damaged-own = Det här är avsändarens egen länk. Den öppnar inget. Be avsändaren om den andra länken.
damaged-link = Klistra in hela länken
damaged-button = Prova den här länken

open-terminal = Öppna den här länken i en webbläsare. Inget öppnades.
open-terminal-how = Kopiera allt, också delen efter #.
