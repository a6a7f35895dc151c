open-title = Nogen har sendt dig noget
open-intro = Det åbnes én gang, så bliver det slettet.
open-expected = Ventede du at få det her?

open-notice = { $site } ved ikke, hvem der sendte det. Hvis du ikke ventede at få det, så spørg først, over telefonen eller i en chat.

open-what-message = En besked. Den åbnes én gang, så bliver den slettet.
open-what-files = Filer, cirka { $size }. De åbnes én gang, så bliver de slettet.
open-before = Åbn det før { $date }.
open-host = Du er på { $address }.

open-password = Adgangskode fra afsenderen
open-password-hint = Ikke adgangskoden til din e-mail eller bank
open-button = Åbn det nu
open-busy = Åbner…
open-not-you = Ikke til dig? Luk denne side. Intet er åbnet.
open-report = Er det svindel eller en trussel? Åbn det ikke. Fortæl os det, og send os linket: { $contact }
open-elsewhere = Var det en anden app, der åbnede siden?
open-elsewhere-why = Du kan måske ikke gemme der. Kopier linket, og åbn det i din browser.
open-taking-over = Du åbnede det her i en anden app { $date }. Vil du fortsætte her?
open-own = Du har lavet dette link. Hvis du åbner det, kan modtageren ikke åbne det.
open-own-anyway = Åbn det alligevel

open-link = Indsæt hele linket her
open-link-hint = Vi skal bruge delen efter #. Din browser giver os den ikke.
open-password-maybe-hint = Kun hvis afsenderen har valgt en
open-server-unlocks = Uden JavaScript er det { $site }, der låser det her op. Webstedet ser det et kort øjeblik og gemmer ingen kopi.
open-server-unlocks-http = Uden https er det { $site }, der låser det her op. Webstedet ser det et kort øjeblik og gemmer ingen kopi.
open-needs-script = Slå JavaScript til, eller brug en nyere browser for at åbne det. Intet er åbnet endnu.
open-needs-https = Brug { $address } for at åbne det. Intet er åbnet endnu.

problem-password-needed = Skriv den adgangskode, afsenderen gav dig
problem-password-not-right = Den adgangskode er ikke rigtig.
problem-password-wrong = { $n ->
    [one] Den adgangskode er ikke rigtig. Du kan prøve { $n } gang til.
   *[other] Den adgangskode er ikke rigtig. Du kan prøve { $n } gange til.
}
problem-password-wait = { $n ->
    [one] For mange forsøg. Vent { $n } minut.
   *[other] For mange forsøg. Vent { $n } minutter.
}
problem-lost = Webstedet har mistet en del af det. Bed om et nyt link.
problem-link = Det er ikke et helt link. Kopier det hele igen.
problem-changed = Det her blev ændret på vejen. Bed om et nyt link.

damaged-title = Dette link er ikke komplet
damaged = En del af det er gået tabt. Intet blev åbnet.
damaged-own = Det er afsenderens eget link. Det åbner ingenting. Bed afsenderen om det andet link.
damaged-link = Indsæt hele linket
damaged-button = Prøv dette link

open-terminal = Åbn dette link i en browser. Intet blev åbnet.
open-terminal-how = Kopier det hele, også delen efter #.
