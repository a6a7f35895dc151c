request-title = Bed om noget
request-intro = Lav et link. Den anden person sender dig en besked eller filer med det.
request-intro-only = Kun du kan åbne dem.
request-server-locks = Din browser låser ikke det her. { $site } låser det, når det kommer frem, og gemmer ingen nøgle.
request-needs-script = Dette websted tager kun imod det, der er låst i din browser.
request-note = Hvad har du brug for? (valgfrit)
request-note-hint = Alle, der har linket, kan læse det her
request-answers = Hvor mange svar vil du have?
request-count = { $n ->
    [one] { $n } svar
   *[other] { $n } svar
}
request-lifetime = Luk linket efter
request-button = Lav et svarlink
request-busy = Laver dine links…
request-preview = Sådan ser den anden det
problem-note-long = Gør det kortere

request-ready-title = Du har to links
request-ready-send = Send dette link
request-ready-send-name = Link, der skal sendes
request-ready-until = Det tager imod svar indtil { $date }.
request-ready-keep = Behold dette link
request-ready-keep-name = Dit private link
request-ready-why = Kun dette link åbner svaret. Vi kan ikke få linket tilbage.
request-ready-both = Gem begge links, før du forlader siden.
request-note-shared = Send det gerne til mig med dette link. Det virker indtil { $date }.
request-code = QR-kode
request-code-warning = Alle, der scanner koden, kan svare dig.
request-keep-copy = Kopier privat link
request-keep-share = Send til mig selv
request-keep-shared = Mit private link. Det åbner det, folk sender mig. Giv det ikke videre.
request-keep-print = Udskriv
request-keep-done = Gem det et sted, hvor kun du kigger.
request-keep-code = QR-kode til dit private link
request-keep-code-warning = Alle, der scanner koden, kan åbne dine svar.

collect-heading = Har du bedt om noget før?
collect-link = Indsæt dit private link
collect-button = Se, hvad der er kommet
collect-none-title = Der er ikke kommet noget endnu
collect-never-title = Der kom ikke noget
collect-title = { $n ->
    [one] Dit svar er her
   *[other] { $n } svar er her
}
collect-open = Linket tager imod svar indtil { $date }.
collect-full = Alle svar er kommet. Linket er lukket.
collect-expired = Tiden er gået. Linket er lukket.
collect-deleted = Du lukkede linket.
collect-removed = Webstedet fjernede det her. Nogen anmeldte det.
collect-answer = Svar { $n }
collect-came = Det kom { $date }.
collect-once = Hvert svar åbnes én gang. Så bliver det slettet.
collect-changed = Det her blev ændret på vejen. Bed om det igen.
collect-message = En besked.
collect-files = Filer, cirka { $size }.
collect-unsaved = Åbnet. Du kan fortsætte indtil { $date }.
collect-opened = Åbnet { $date }.
collect-gone = Det er væk. Bed om det igen.
collect-asked = Du bad om:
collect-again = Bed igen
collect-end = Luk linket
collect-end-title = Vil du lukke linket?
collect-end-text = Der kan ikke komme mere. Det, der er kommet, bliver her.
collect-end-yes = Luk det
collect-end-busy = Lukker…
collect-end-no = Lad det være åbent

problem-link-is-to-send = Det er linket, der skal sendes. Indsæt dit private link.
problem-link-is-of-share = Det er en anden slags link.
