open-title = Noen har sendt deg noe
open-intro = Det kan bare åpnes én gang, så blir det slettet.
open-expected = Ventet du på dette?

open-notice = { $site } vet ikke hvem som sendte det. Hvis du ikke ventet på det, spør avsenderen først, på telefon eller i chat.

open-what-message = En melding. Den kan bare åpnes én gang, så blir den slettet.
open-what-files = Filer, omtrent { $size }. De kan bare åpnes én gang, så blir de slettet.
open-before = Åpne det før { $date }.
open-host = Du er på { $address }.

open-password = Passord fra avsenderen
open-password-hint = Ikke passordet til e-posten eller banken
open-button = Åpne det nå
open-busy = Åpner …
open-not-you = Ikke til deg? Lukk denne siden. Ingenting er åpnet.
open-report = Er det svindel eller en trussel? Ikke åpne det. Si fra til oss, og send oss lenken: { $contact }
open-elsewhere = Åpnet en annen app denne siden?
open-elsewhere-why = Det kan hende at du ikke får lagret der. Kopier lenken og åpne den i nettleseren din.
open-taking-over = Du åpnet dette { $date } i en annen app. Vil du fortsette her?
open-own = Du har laget denne lenken. Hvis du åpner den, kan ikke mottakeren gjøre det.
open-own-anyway = Åpne den likevel

open-link = Lim inn hele lenken her
open-link-hint = Vi trenger delen etter #. Nettleseren din sender den ikke til oss.
open-password-maybe-hint = Bare hvis avsenderen valgte et
open-server-unlocks = Uten JavaScript er det { $site } som låser opp dette. Nettstedet ser det et øyeblikk og beholder ingen kopi.
open-server-unlocks-http = Uten https er det { $site } som låser opp dette. Nettstedet ser det et øyeblikk og beholder ingen kopi.
open-needs-script = Slå på JavaScript eller bruk en nyere nettleser for å åpne det. Ingenting er åpnet ennå.
open-needs-https = Bruk { $address } for å åpne det. Ingenting er åpnet ennå.

problem-password-needed = Skriv passordet du fikk av avsenderen
problem-password-not-right = Passordet er ikke riktig.
problem-password-wrong = { $n ->
    [one] Passordet er ikke riktig. Du kan prøve { $n } gang til.
   *[other] Passordet er ikke riktig. Du kan prøve { $n } ganger til.
}
problem-password-wait = { $n ->
    [one] For mange forsøk. Vent { $n } minutt.
   *[other] For mange forsøk. Vent { $n } minutter.
}
problem-lost = Nettstedet har mistet en del av det. Be om en ny lenke.
problem-link = Det er ikke en hel lenke. Kopier hele på nytt.
problem-changed = Dette ble endret underveis. Be om en ny lenke.

damaged-title = Denne lenken er ikke hel
damaged = En del av den er borte. Ingenting ble åpnet.
damaged-own = Dette er avsenderens egen lenke. Den åpner ingenting. Be avsenderen om den andre lenken.
damaged-link = Lim inn hele lenken
damaged-button = Prøv denne lenken

open-terminal = Åpne denne lenken i en nettleser. Ingenting ble åpnet.
open-terminal-how = Kopier hele, også delen etter #.
