create-title = Stuur iets dat één keer opengaat
create-intro = Schrijf het of voeg bestanden toe. Verstuur de link. Hij gaat één keer open, daarna is alles weg.

create-server-locks = Niet in je browser op slot gedaan. { $site } doet het op slot als het aankomt.
create-lock-how = Zo gaat het vooraf op slot
create-browser-locks = In je browser op slot gedaan. { $site } kan het niet lezen.

create-needs-script-title = Zet eerst JavaScript aan
create-needs-script = Deze site neemt alleen aan wat in je browser op slot is gedaan. Een oude browser kan dat niet.
create-needs-https = Gebruik { $address } om iets te versturen.

create-message = Bericht
create-message-hint = Een wachtwoord, een code, een notitie
create-message-left = { $n ->
    [one] Nog { $n } teken over
   *[other] Nog { $n } tekens over
}
create-message-over = { $n ->
    [one] { $n } teken te veel
   *[other] { $n } tekens te veel
}

create-files = Bestanden
create-files-hint = Hoogstens { $n }, samen { $max }.
create-files-full = Er is nu geen plaats voor bestanden. Een bericht past nog wel.
create-files-last = Kies bestanden als laatste. Na een probleem moet je ze opnieuw kiezen.
create-files-choose = Bestanden toevoegen
create-files-more = Meer bestanden toevoegen
create-files-drop = Of sleep ze naar deze pagina.
create-files-veil = Laat los om toe te voegen
create-files-remove = Weghalen
create-files-total = { $n ->
    [one] { $n } bestand, { $size } van { $max }
   *[other] { $n } bestanden, { $size } van { $max }
}
create-files-show = { $n ->
    [one] Nog { $n } bestand tonen
   *[other] Nog { $n } bestanden tonen
}
create-files-added = { $n ->
    [one] { $n } bestand toegevoegd
   *[other] { $n } bestanden toegevoegd
}
create-shared = Dit komt van een andere app of site. In je bericht zetten?
create-shared-add = Erin zetten
create-shared-drop = Weglaten
create-files-slow = Bij grote bestanden duurt het een paar minuten. Laat deze pagina open.

create-lifetime = Hoelang mag het wachten?
create-lifetime-hint = Niet op tijd geopend? Dan wordt het verwijderd.
create-more = Wachtwoord en precieze tijd
create-password = Wachtwoord toevoegen (niet verplicht)
create-password-hint = { $n ->
    [one] Gebruik { $n } teken of meer. Vertel het op een andere manier, bijvoorbeeld door te bellen.
   *[other] Gebruik { $n } tekens of meer. Vertel het op een andere manier, bijvoorbeeld door te bellen.
}
create-password-make = Maak er een voor mij
create-password-busy = Wordt gemaakt…

create-until = Of kies de dag en de tijd (niet verplicht)
create-until-hint = { $from } tot { $to } vanaf nu

create-button = Maak mijn link
create-ask = Vraag iemand om iets te sturen
create-busy = Je link wordt gemaakt…

problem-message-empty = Schrijf iets of kies een bestand
problem-message-long = { $n ->
    [one] Maak het bericht { $n } teken korter
   *[other] Maak het bericht { $n } tekens korter
}
problem-password-short = { $n ->
    [one] Maak het wachtwoord { $n } teken of langer
   *[other] Maak het wachtwoord { $n } tekens of langer
}
problem-password-make = Het lukte niet er een te maken. Typ er zelf een
problem-lifetime = Kies wanneer het wordt verwijderd
problem-until = Kies een tijd: { $from } tot { $to } vanaf nu
problem-until-part = Vul de dag en de tijd allebei in
problem-files-many = { $n ->
    [one] Kies hoogstens { $n } bestand
   *[other] Kies hoogstens { $n } bestanden
}
problem-files-big = Je bestanden zijn { $size }. Het mag hoogstens { $max } zijn
problem-file-big = { $name } is te groot. Het mag hoogstens { $max } zijn
problem-file-empty = { $name } is leeg. Kies een ander bestand
problem-file-unreadable = We kunnen { $name } niet lezen. Is het een map? Maak er eerst een zip-bestand van
problem-file-changed = { $name } is veranderd. Kies het opnieuw
