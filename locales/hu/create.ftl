create-title = Egyszer megnyitható küldemény
create-intro = Írd meg, vagy adj hozzá fájlokat. Küldd el a linket. Egyszer nyitható meg, aztán eltűnik.

create-server-locks = Nem a böngésződ zárja le. A webhely ({ $site }) zárja le, amikor megérkezik.
create-lock-how = Hogyan zárd le előre?
create-browser-locks = A böngésződ zárja le. A webhely ({ $site }) nem tudja elolvasni.

create-needs-script-title = Kapcsold be a JavaScriptet
create-needs-script = Ez a webhely csak azt fogadja el, amit a böngésződ lezárt. A régi böngészők nem tudnak lezárni.
create-needs-https = Ezen a címen küldhetsz: { $address }.

create-message = Üzenet
create-message-hint = Jelszó, kód, néhány szó
create-message-left = { $n ->
    [one] Még { $n } karakter fér bele
   *[other] Még { $n } karakter fér bele
}
create-message-over = { $n ->
    [one] { $n } karakterrel több a kelleténél
   *[other] { $n } karakterrel több a kelleténél
}

create-files = Fájlok
create-files-hint = Legfeljebb { $n } darab, összesen { $max }.
create-files-full = Fájloknak most nincs hely. Egy üzenet még elfér.
create-files-last = A fájlokat hagyd a végére. Ha hiba történik, újra ki kell választani őket.
create-files-choose = Fájlok hozzáadása
create-files-more = További fájlok hozzáadása
create-files-drop = Vagy húzd őket bárhová.
create-files-veil = Engedd el a hozzáadáshoz
create-files-remove = Eltávolítás
create-files-total = { $n ->
    [one] { $n } fájl, { $size } / { $max }
   *[other] { $n } fájl, { $size } / { $max }
}
create-files-show = { $n ->
    [one] Még { $n } fájl megjelenítése
   *[other] Még { $n } fájl megjelenítése
}
create-files-added = { $n ->
    [one] { $n } fájl hozzáadva
   *[other] { $n } fájl hozzáadva
}
create-shared = Ezt egy másik alkalmazás vagy webhely küldte. Bekerüljön az üzenetedbe?
create-shared-add = Kerüljön bele
create-shared-drop = Maradjon ki
create-files-slow = A nagy fájlok küldése percekig tart. Hagyd nyitva ezt az oldalt.

create-lifetime = Meddig várhat?
create-lifetime-hint = Ha addig nem nyitják meg, törlődik.
create-more = Jelszó és pontos idő
create-password = Jelszó megadása (nem kötelező)
create-password-hint = { $n ->
    [one] Legalább { $n } karakter legyen. Más úton mondd el a címzettnek, például telefonon.
   *[other] Legalább { $n } karakter legyen. Más úton mondd el a címzettnek, például telefonon.
}
create-password-make = Jelszó készítése
create-password-busy = Készül…

create-until = Vagy válassz napot és időpontot (nem kötelező)
create-until-hint = Legkorábban { $from }, legkésőbb { $to } múlva

create-button = Link készítése
create-ask = Kérj valakitől valamit
create-busy = Készül a linked…

problem-message-empty = Írj valamit, vagy válassz egy fájlt
problem-message-long = { $n ->
    [one] Rövidítsd az üzenetet { $n } karakterrel
   *[other] Rövidítsd az üzenetet { $n } karakterrel
}
problem-password-short = { $n ->
    [one] A jelszó legalább { $n } karakter legyen
   *[other] A jelszó legalább { $n } karakter legyen
}
problem-password-make = Nem sikerült jelszót készíteni. Írj be egy sajátot
problem-lifetime = Válaszd ki, mikor törlődjön
problem-until = Ilyen időpontot válassz: legkorábban { $from }, legkésőbb { $to } múlva
problem-until-part = A napot és az időpontot is add meg
problem-files-many = { $n ->
    [one] Legfeljebb { $n } fájlt válassz
   *[other] Legfeljebb { $n } fájlt válassz
}
problem-files-big = A fájljaid mérete { $size }. Legfeljebb { $max } lehet
problem-file-big = Ez túl nagy: { $name }. Legfeljebb { $max } lehet
problem-file-empty = Ez a fájl üres: { $name }. Válassz másikat
problem-file-unreadable = Ezt nem tudjuk beolvasni: { $name }. Ha mappa, előbb készíts belőle zip-fájlt
problem-file-changed = Ez a fájl megváltozott: { $name }. Válaszd ki újra
