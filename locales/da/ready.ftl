ready-title = Dit link er klar
ready-intro = Send det til én person
ready-once = Åbn det ikke selv. Det åbnes kun én gang.
ready-link = Link
ready-copy = Kopier link
ready-copy-note = Kopier med en kort tekst
ready-note-language = Tekstens sprog
ready-share = Del
ready-share-failed = Det lykkedes ikke at dele. Kopier linket.
ready-note = Jeg har sendt dig noget. Det åbnes én gang, før { $date }.
ready-by-hand = Hold fingeren på linket for at kopiere det.
copied = Kopieret
ready-paste = Indsæt det nu i din chat.
copied-link = Linket er kopieret
copy-failed = Det lykkedes ikke at kopiere. Linket er markeret. Kopier det selv.

ready-more = Mere: kort tekst, QR-kode
ready-code-label = QR-kode til linket
ready-code-warning = Alle, der scanner koden, kan åbne det.

ready-apart-heading = Sig adgangskoden på anden måde
ready-apart = Send linket i chatten. Ring, og sig adgangskoden.
ready-password-copy = Kopier adgangskoden
ready-password-show = Vis adgangskoden
ready-password-hide = Skjul adgangskoden
copied-password = Adgangskoden er kopieret
copy-password-failed = Det lykkedes ikke at kopiere. Adgangskoden er markeret. Kopier den selv.

ready-opens = Åbnes
ready-opens-once = Én gang
ready-until = Slettes uåbnet
ready-password = Adgangskode
ready-password-yes = Ja
ready-password-no = Nej

ready-status-heading = Se, hvornår det bliver åbnet
ready-status = Kun du kan se statussiden. Gem linket til den.
ready-status-link = Statusside
ready-status-copy = Kopier statuslinket
ready-status-name = Statuslink
ready-again = Send noget mere

already-title = Du har allerede lavet linket
already = Vi gemmer ingen kopi. Har du mistet det? Så lav et nyt.
