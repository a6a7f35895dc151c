create-title = Send noget, der åbnes én gang
create-intro = Skriv det, eller tilføj filer. Send linket. Det åbnes én gang, så er det hele væk.

create-server-locks = Ikke låst i din browser. { $site } låser det, når det kommer frem.
create-lock-how = Sådan låser du det først
create-browser-locks = Låst i din browser. { $site } kan ikke læse det.

create-needs-script-title = Slå først JavaScript til
create-needs-script = Dette websted tager kun imod det, der er låst i din browser. En gammel browser kan ikke låse.
create-needs-https = Brug { $address } for at sende.

create-message = Besked
create-message-hint = En adgangskode, en kode, en note
create-message-left = { $n ->
    [one] { $n } tegn tilbage
   *[other] { $n } tegn tilbage
}
create-message-over = { $n ->
    [one] { $n } tegn for meget
   *[other] { $n } tegn for meget
}

create-files = Filer
create-files-hint = Op til { $n }, højst { $max } i alt.
create-files-full = Der er ikke plads til filer nu. Der er stadig plads til en besked.
create-files-last = Vælg filer til sidst. Efter et problem skal du vælge dem igen.
create-files-choose = Tilføj filer
create-files-more = Tilføj flere filer
create-files-drop = Eller slip dem her på siden.
create-files-veil = Slip for at tilføje
create-files-remove = Fjern
create-files-total = { $n ->
    [one] { $n } fil, { $size } af { $max }
   *[other] { $n } filer, { $size } af { $max }
}
create-files-show = { $n ->
    [one] Vis { $n } fil mere
   *[other] Vis { $n } filer mere
}
create-files-added = { $n ->
    [one] { $n } fil tilføjet
   *[other] { $n } filer tilføjet
}
create-shared = Det her kommer fra en anden app eller et andet websted. Skal det med i din besked?
create-shared-add = Tag det med
create-shared-drop = Lad være
create-files-slow = Store filer tager nogle minutter. Lad siden være åben.

create-lifetime = Hvor længe må det vente?
create-lifetime-hint = Ikke åbnet i tide? Så bliver det slettet.
create-more = Adgangskode og præcis tid
create-password = Tilføj en adgangskode (valgfrit)
create-password-hint = { $n ->
    [one] Brug mindst { $n } tegn. Giv adgangskoden videre på en anden måde, for eksempel over telefonen.
   *[other] Brug mindst { $n } tegn. Giv adgangskoden videre på en anden måde, for eksempel over telefonen.
}
create-password-make = Lav en til mig
create-password-busy = Laver en…

create-until = Eller vælg dag og tid (valgfrit)
create-until-hint = { $from } til { $to } fra nu

create-button = Lav mit link
create-ask = Bed nogen sende dig noget
create-busy = Laver dit link…

problem-message-empty = Skriv noget, eller vælg en fil
problem-message-long = { $n ->
    [one] Gør beskeden { $n } tegn kortere
   *[other] Gør beskeden { $n } tegn kortere
}
problem-password-short = { $n ->
    [one] Adgangskoden skal have mindst { $n } tegn
   *[other] Adgangskoden skal have mindst { $n } tegn
}
problem-password-make = Vi kunne ikke lave en. Skriv din egen
problem-lifetime = Vælg, hvornår det skal slettes
problem-until = Vælg en tid: { $from } til { $to } fra nu
problem-until-part = Udfyld både dag og tid
problem-files-many = { $n ->
    [one] Vælg højst { $n } fil
   *[other] Vælg højst { $n } filer
}
problem-files-big = Dine filer er { $size }. De må højst være { $max }
problem-file-big = { $name } er for stor. Den må højst være { $max }
problem-file-empty = { $name } er tom. Vælg en anden fil
problem-file-unreadable = Vi kan ikke læse { $name }. Er det en mappe? Lav den først om til en zip-fil
problem-file-changed = { $name } er ændret. Vælg den igen
