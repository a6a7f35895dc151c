about-title = Slik virker det
about-intro = En lukket konvolutt som bare kan åpnes én gang.

about-write-heading = Du skriver
about-write = En melding, filer eller begge deler.
about-lock-heading = Nettleseren din låser det
about-lock = Nøkkelen er i lenken. { $site } får bare den låste kopien.
about-open-heading = Mottakeren åpner det én gang
about-open = Den første som åpner lenken, får se det.
about-gone-heading = Så er det borte
about-gone = Vi sletter kopien vår. Ingen kan åpne det igjen.

about-ask-heading = Trenger du noe fra noen?
about-ask = Be om det her. Du får en lenke du skal sende, og en privat lenke. Den du spør, svarer med den første.
about-ask-keep = Bare den private lenken din åpner det du får. Ta vare på den. Vi kan ikke skaffe den tilbake.

about-who-heading = Hvem kan lese det?
about-who = Hvem som helst som har lenken, én gang. Legg til et passord hvis andre ser chatten din.
about-can-count = Vi kan se hvor stort det er, og når det ble åpnet.
about-cannot-read = Vi kan ikke lese det.
about-cannot-know = Vi kan ikke vite hvem som åpnet det, eller hindre et skjermbilde.
about-cannot-return = Vi kan ikke skaffe det tilbake.

about-real-heading = Er lenken min ekte?
about-real = Den begynner med { $address }.
about-real-never = Vi ber aldri om e-postadressen din, passordet til banken eller penger.

about-keep-heading = Dette beholder vi
about-keep = { $n ->
    [one] Den låste kopien blir borte når den er åpnet eller tiden er ute. Etter det beholder vi bare dette, i { $n } døgn til:
   *[other] Den låste kopien blir borte når den er åpnet eller tiden er ute. Etter det beholder vi bare dette, i { $n } døgn til:
}
about-keep-reading = En åpnet melding blir liggende til leseren fjerner den, høyst { $span }.
about-keep-times = når det ble laget, når det ble åpnet, og hvordan det endte
about-keep-size = omtrent hvor stort det var, og hvor mange deler det kom i
about-keep-tries = hvor mange feil passord som ble prøvd
about-keep-words = en kode fra nettleseren som åpnet det, for de tre ordene dere kan sammenligne
about-keep-list = Hvis du vil ha en liste over det du har sendt, ligger den bare i nettleseren din.
about-keep-not = Vi beholder ikke navnet ditt, internettadressen din eller meldingen din.

about-first-heading = Slik låser du det først
about-first = Uten JavaScript er det { $site } som låser. Da ser nettstedet meldingen din et øyeblikk.
about-first-https = Vil du låse det før det sendes, bruk { $address } med JavaScript slått på.
about-first-how = Vil du låse det før det sendes, slå på JavaScript eller bruk en nyere nettleser.

about-report-heading = Meld fra om en skadelig lenke
