open-title = Iemand stuurde je iets
open-intro = Het gaat één keer open, daarna wordt het verwijderd.
open-expected = Verwachtte je dit?

open-notice = { $site } weet niet wie het stuurde. Als je het niet verwachtte, vraag het dan eerst na, via telefoon of chat.

open-what-message = Een bericht. Het gaat één keer open, daarna wordt het verwijderd.
open-what-files = Bestanden, ongeveer { $size }. Ze gaan één keer open, daarna worden ze verwijderd.
open-before = Open het vóór { $date }.
open-host = Je bent op { $address }.

open-password = Wachtwoord van de afzender
open-password-hint = Niet het wachtwoord van je e-mail of bank
open-button = Nu openen
open-busy = Wordt geopend…
open-not-you = Niet voor jou? Sluit deze pagina. Er is niets geopend.
open-report = Is het oplichting of een bedreiging? Open het niet. Laat het ons weten en stuur ons de link: { $contact }
open-elsewhere = Heeft een andere app deze pagina geopend?
open-elsewhere-why = Opslaan lukt daar misschien niet. Kopieer de link en open hem in je browser.
open-taking-over = Je opende dit op { $date } in een andere app. Hier verdergaan?
open-own = Jij hebt deze link gemaakt. Als jij hem opent, kan de ander hem niet meer openen.
open-own-anyway = Toch openen

open-link = Plak hier de hele link
open-link-hint = We hebben het deel na het # nodig. Je browser geeft het ons niet.
open-password-maybe-hint = Alleen als de afzender er een koos
open-server-unlocks = Zonder JavaScript haalt { $site } dit van het slot. De site ziet het dan even en bewaart geen kopie.
open-server-unlocks-http = Zonder https haalt { $site } dit van het slot. De site ziet het dan even en bewaart geen kopie.
open-needs-script = Zet JavaScript aan om het te openen, of gebruik een nieuwere browser. Er is nog niets geopend.
open-needs-https = Gebruik { $address } om het te openen. Er is nog niets geopend.

problem-password-needed = Typ het wachtwoord dat je van de afzender kreeg
problem-password-not-right = Dat wachtwoord klopt niet.
problem-password-wrong = { $n ->
    [one] Dat wachtwoord klopt niet. Je kunt het nog { $n } keer proberen.
   *[other] Dat wachtwoord klopt niet. Je kunt het nog { $n } keer proberen.
}
problem-password-wait = { $n ->
    [one] Te veel pogingen. Wacht { $n } minuut.
   *[other] Te veel pogingen. Wacht { $n } minuten.
}
problem-lost = Deze site is er een deel van kwijtgeraakt. Vraag om een nieuwe link.
problem-link = Dat is geen hele link. Kopieer hem nog eens helemaal.
problem-changed = Dit is onderweg veranderd. Vraag om een nieuwe link.

damaged-title = Deze link is niet compleet
damaged = Er is een deel kwijtgeraakt. Er is niets geopend.
damaged-own = Dit is de eigen link van de afzender. Hij opent niets. Vraag de afzender om de andere link.
damaged-link = Plak de hele link
damaged-button = Probeer deze link

open-terminal = Open deze link in een browser. Er is niets geopend.
open-terminal-how = Kopieer alles, ook het deel na het #.
