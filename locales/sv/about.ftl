about-title = Så fungerar det
about-intro = Ett förseglat kuvert som går att öppna en enda gång.

about-write-heading = Du skriver
about-write = Ett meddelande, filer eller både och.
about-lock-heading = Din webbläsare låser det
about-lock = Nyckeln finns i länken. { $site } får bara den låsta kopian.
about-open-heading = Det öppnas en gång
about-open = Den som först öppnar länken ser det.
about-gone-heading = Sedan är det borta
about-gone = Vi raderar vår kopia. Ingen kan öppna det igen.

about-ask-heading = Behöver du något från någon?
about-ask = Gör en förfrågan. Du får en länk att skicka och en privat länk. Svaret kommer genom den första.
about-ask-keep = Bara din privata länk öppnar det du får. Spara den. Vi kan inte ta fram den igen.

about-who-heading = Vem kan läsa det?
about-who = Vem som helst som har länken, men bara en gång. Lägg till ett lösenord om andra ser din chatt.
about-can-count = Vi kan se hur stort det är och när det öppnades.
about-cannot-read = Vi kan inte läsa det.
about-cannot-know = Vi kan inte veta vem som öppnade det eller hindra en skärmbild.
about-cannot-return = Vi kan inte ta fram det igen.

about-real-heading = Är min länk äkta?
about-real = Den börjar med { $address }.
about-real-never = Vi ber aldrig om din e-postadress, ett banklösenord eller pengar.

about-keep-heading = Det här sparar vi
about-keep = { $n ->
    [one] Den låsta kopian försvinner när den har öppnats eller när tiden är slut. Sedan sparar vi bara det här, i { $n } dygn till:
   *[other] Den låsta kopian försvinner när den har öppnats eller när tiden är slut. Sedan sparar vi bara det här, i { $n } dygn till:
}
about-keep-reading = Ett öppnat meddelande finns kvar tills sidan töms, som längst { $span }.
about-keep-times = när det skapades, när det öppnades och hur det slutade
about-keep-size = ungefär hur stort det var och i hur många delar det kom
about-keep-tries = hur många felaktiga lösenord som provades
about-keep-words = en kod från webbläsaren som öppnade det, för de tre ord som ni kan jämföra
about-keep-list = Om du vill ha en lista över det du skickat sparas den bara i din webbläsare.
about-keep-not = Vi sparar inte ditt namn, din internetadress eller ditt meddelande.

about-first-heading = Så låser du det först
about-first = Utan JavaScript är det { $site } som låser. Då ser webbplatsen ditt meddelande en kort stund.
about-first-https = Vill du låsa det innan det skickas? Använd { $address } med JavaScript på.
about-first-how = Vill du låsa det innan det skickas? Slå på JavaScript eller använd en nyare webbläsare.

about-report-heading = Anmäl en skadlig länk
