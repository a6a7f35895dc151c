about-title = Sådan virker det
about-intro = En forseglet kuvert, der kun kan åbnes én gang.

about-write-heading = Du skriver
about-write = En besked, filer eller begge dele.
about-lock-heading = Din browser låser det
about-lock = Nøglen er i linket. { $site } får kun den låste kopi.
about-open-heading = Det åbnes én gang
about-open = Den, der åbner linket først, ser det.
about-gone-heading = Så er det væk
about-gone = Vi sletter vores kopi. Ingen kan åbne det igen.

about-ask-heading = Skal du bruge noget fra nogen?
about-ask = Lav en anmodning. Du får et link, der skal sendes, og et privat link. Svaret kommer gennem det første.
about-ask-keep = Kun dit private link åbner det, du får. Gem det. Vi kan ikke få det tilbage.

about-who-heading = Hvem kan læse det?
about-who = Alle, der har linket, men kun én gang. Tilføj en adgangskode, hvis andre ser din chat.
about-can-count = Vi kan se, hvor stort det er, og hvornår det blev åbnet.
about-cannot-read = Vi kan ikke læse det.
about-cannot-know = Vi kan ikke vide, hvem der åbnede det, eller forhindre et skærmbillede.
about-cannot-return = Vi kan ikke få det tilbage.

about-real-heading = Er mit link ægte?
about-real = Det begynder med { $address }.
about-real-never = Vi beder aldrig om din e-mailadresse, om en adgangskode til banken eller om penge.

about-keep-heading = Det gemmer vi
about-keep = { $n ->
    [one] Den låste kopi forsvinder, når den er åbnet, eller når tiden er gået. Derefter gemmer vi kun det her, i { $n } dag mere:
   *[other] Den låste kopi forsvinder, når den er åbnet, eller når tiden er gået. Derefter gemmer vi kun det her, i { $n } dage mere:
}
about-keep-reading = En åbnet besked bliver, indtil siden bliver ryddet, højst { $span }.
about-keep-times = hvornår det blev lavet, hvornår det blev åbnet, og hvordan det endte
about-keep-size = cirka hvor stort det var, og i hvor mange dele det kom
about-keep-tries = hvor mange forkerte adgangskoder der blev prøvet
about-keep-words = en kode fra den browser, der åbnede det, til de tre ord, I kan sammenligne
about-keep-list = Hvis du vil have en liste over det, du har sendt, er det kun din browser, der gemmer den.
about-keep-not = Vi gemmer ikke dit navn, din internetadresse eller din besked.

about-first-heading = Sådan låser du det først
about-first = Uden JavaScript er det { $site }, der låser. Derfor ser webstedet din besked et kort øjeblik.
about-first-https = Vil du låse det, før det bliver sendt? Brug { $address } med JavaScript slået til.
about-first-how = Vil du låse det, før det bliver sendt? Slå JavaScript til, eller brug en nyere browser.

about-report-heading = Anmeld et skadeligt link
