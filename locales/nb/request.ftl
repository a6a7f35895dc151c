request-title = Be om noe
request-intro = Lag en lenke. Den du spør, sender deg en melding eller filer med den.
request-intro-only = Bare du kan åpne dem.
request-server-locks = Nettleseren din låser ikke dette. { $site } låser det når det kommer fram, og beholder ingen nøkkel.
request-needs-script = Dette nettstedet tar bare imot det som er låst i nettleseren din.
request-note = Hva trenger du? (valgfritt)
request-note-hint = Alle som har lenken, kan lese dette
request-answers = Hvor mange svar vil du ha?
request-count = { $n ->
    [one] { $n } svar
   *[other] { $n } svar
}
request-lifetime = Steng lenken etter
request-button = Lag lenkene
request-busy = Lager lenkene dine …
request-preview = Dette ser den du spør
problem-note-long = Skriv det kortere

request-ready-title = Du har to lenker
request-ready-send = Send denne
request-ready-send-name = Lenken du skal sende
request-ready-until = Den tar imot svar til { $date }.
request-ready-keep = Ta vare på denne
request-ready-keep-name = Den private lenken din
request-ready-why = Bare denne lenken åpner svaret. Vi kan ikke skaffe lenken tilbake.
request-ready-both = Ta vare på begge lenkene før du går.
request-note-shared = Fint om du sender det til meg med denne lenken. Den virker til { $date }.
request-code = QR-kode
request-code-warning = Alle som skanner denne, kan svare deg.
request-keep-copy = Kopier den private lenken
request-keep-share = Send til meg selv
request-keep-shared = Min private lenke. Den åpner det folk sender meg. Ikke gi den videre.
request-keep-print = Skriv den ut
request-keep-done = Legg den på et sted der bare du ser.
request-keep-code = QR-kode for den private lenken din
request-keep-code-warning = Alle som skanner denne, kan åpne svarene dine.

collect-heading = Har du bedt om noe før?
collect-link = Lim inn den private lenken din
collect-button = Se hva som har kommet
collect-none-title = Ingenting har kommet ennå
collect-never-title = Ingenting kom
collect-title = { $n ->
    [one] Svaret ditt er her
   *[other] { $n } svar er her
}
collect-open = Lenken tar imot svar til { $date }.
collect-full = Alle svarene har kommet. Lenken er stengt.
collect-expired = Tiden er ute. Lenken er stengt.
collect-deleted = Du stengte lenken.
collect-removed = Nettstedet fjernet dette. Noen meldte fra om det.
collect-answer = Svar { $n }
collect-came = Det kom { $date }.
collect-once = Hvert svar kan bare åpnes én gang. Så blir det slettet.
collect-changed = Dette ble endret underveis. Be om det på nytt.
collect-message = En melding.
collect-files = Filer, omtrent { $size }.
collect-unsaved = Åpnet. Du kan fortsette til { $date }.
collect-opened = Åpnet { $date }.
collect-gone = Det er borte. Be om det på nytt.
collect-asked = Du ba om:
collect-again = Be om det på nytt
collect-end = Steng lenken
collect-end-title = Stenge lenken?
collect-end-text = Da kan det ikke komme mer. Det som har kommet, blir her.
collect-end-yes = Steng den
collect-end-busy = Stenger …
collect-end-no = La den være åpen

problem-link-is-to-send = Dette er lenken du skal sende. Lim inn den private lenken din.
problem-link-is-of-share = Dette er en annen slags lenke.
