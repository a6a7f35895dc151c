create-title = Send noe som kan åpnes én gang
create-intro = Skriv noe eller legg til filer. Send lenken. Det kan åpnes én gang, så er det borte.

create-server-locks = Blir ikke låst i nettleseren din. { $site } låser det når det kommer fram.
create-lock-how = Slik låser du det først
create-browser-locks = Blir låst i nettleseren din. { $site } kan ikke lese det.

create-needs-script-title = Slå på JavaScript for å sende
create-needs-script = Dette nettstedet tar bare imot det som er låst i nettleseren din. En gammel nettleser kan ikke låse.
create-needs-https = Bruk { $address } for å sende.

create-message = Melding
create-message-hint = Et passord, en kode, en beskjed
create-message-left = { $n ->
    [one] { $n } tegn igjen
   *[other] { $n } tegn igjen
}
create-message-over = { $n ->
    [one] { $n } tegn for mye
   *[other] { $n } tegn for mye
}

create-files = Filer
create-files-hint = Opptil { $n }. Til sammen, opptil { $max }.
create-files-full = Det er ikke plass til filer nå. En melding får fortsatt plass.
create-files-last = Velg filer til slutt. Går noe galt, må du velge dem på nytt.
create-files-choose = Legg til filer
create-files-more = Legg til flere filer
create-files-drop = Eller slipp dem hvor som helst.
create-files-veil = Slipp for å legge til
create-files-remove = Fjern
create-files-total = { $n ->
    [one] { $n } fil, { $size } av { $max }
   *[other] { $n } filer, { $size } av { $max }
}
create-files-show = { $n ->
    [one] Vis { $n } fil til
   *[other] Vis { $n } filer til
}
create-files-added = { $n ->
    [one] { $n } fil er lagt til
   *[other] { $n } filer er lagt til
}
create-shared = En annen app eller et annet nettsted sendte dette. Vil du ha det med i meldingen?
create-shared-add = Ta det med
create-shared-drop = Ikke ta det med
create-files-slow = Store filer tar noen minutter. La denne siden stå åpen.

create-lifetime = Hvor lenge kan det vente?
create-lifetime-hint = Ikke åpnet innen da? Da blir det slettet.
create-more = Passord og nøyaktig tid
create-password = Legg til et passord (valgfritt)
create-password-hint = { $n ->
    [one] Bruk minst { $n } tegn. Si det til mottakeren på en annen måte, for eksempel på telefon.
   *[other] Bruk minst { $n } tegn. Si det til mottakeren på en annen måte, for eksempel på telefon.
}
create-password-make = Lag et for meg
create-password-busy = Lager et …

create-until = Eller velg dag og klokkeslett (valgfritt)
create-until-hint = Mellom { $from } og { $to } fra nå

create-button = Lag lenken min
create-ask = Be noen om å sende deg noe
create-busy = Lager lenken din …

problem-message-empty = Skriv noe eller velg en fil
problem-message-long = { $n ->
    [one] Gjør meldingen { $n } tegn kortere
   *[other] Gjør meldingen { $n } tegn kortere
}
problem-password-short = { $n ->
    [one] Passordet må ha minst { $n } tegn
   *[other] Passordet må ha minst { $n } tegn
}
problem-password-make = Vi klarte ikke å lage et. Skriv ditt eget
problem-lifetime = Velg når det skal slettes
problem-until = Velg et tidspunkt mellom { $from } og { $to } fra nå
problem-until-part = Fyll inn både dag og klokkeslett
problem-files-many = { $n ->
    [one] Velg høyst { $n } fil
   *[other] Velg høyst { $n } filer
}
problem-files-big = Filene dine er på { $size }. Grensen er { $max }
problem-file-big = { $name } er for stor. Grensen er { $max }
problem-file-empty = { $name } er tom. Velg en annen fil
problem-file-unreadable = Vi kan ikke lese { $name }. Hvis det er en mappe, lag en zip-fil av den først
problem-file-changed = { $name } er endret. Velg den på nytt
