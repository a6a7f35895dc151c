create-title = Lähetys, joka aukeaa kerran
create-intro = Kirjoita tai lisää tiedostoja. Lähetä linkki. Se aukeaa kerran, sitten kaikki on poissa.

create-server-locks = Ei lukita selaimessasi. { $site } lukitsee sen, kun se tulee perille.
create-lock-how = Näin lukitset sen ensin
create-browser-locks = Lukitaan selaimessasi. { $site } ei voi lukea sitä.

create-needs-script-title = Ota JavaScript käyttöön
create-needs-script = Tämä sivusto ottaa vastaan vain selaimessasi lukittua. Vanha selain ei osaa lukita.
create-needs-https = Voit lähettää osoitteessa { $address }.

create-message = Viesti
create-message-hint = Salasana, koodi tai muutama sana
create-message-left = { $n ->
    [one] { $n } merkki jäljellä
   *[other] { $n } merkkiä jäljellä
}
create-message-over = { $n ->
    [one] { $n } merkki liikaa
   *[other] { $n } merkkiä liikaa
}

create-files = Tiedostot
create-files-hint = Enintään { $n } kpl, yhteensä { $max }.
create-files-full = Tiedostoille ei ole nyt tilaa. Viesti mahtuu silti.
create-files-last = Valitse tiedostot viimeiseksi. Jos tulee ongelma, ne on valittava uudelleen.
create-files-choose = Lisää tiedostoja
create-files-more = Lisää vielä tiedostoja
create-files-drop = Tai pudota ne mihin tahansa.
create-files-veil = Lisää pudottamalla
create-files-remove = Poista
create-files-total = { $n ->
    [one] { $n } tiedosto, { $size } / { $max }
   *[other] { $n } tiedostoa, { $size } / { $max }
}
create-files-show = { $n ->
    [one] Näytä vielä { $n } tiedosto
   *[other] Näytä vielä { $n } tiedostoa
}
create-files-added = { $n ->
    [one] { $n } tiedosto lisätty
   *[other] { $n } tiedostoa lisätty
}
create-shared = Tämä tuli toisesta sovelluksesta tai toiselta sivustolta. Lisätäänkö se viestiisi?
create-shared-add = Lisää
create-shared-drop = Jätä pois
create-files-slow = Suurten tiedostojen lähetys kestää minuutteja. Pidä tämä sivu auki.

create-lifetime = Kuinka kauan se voi odottaa?
create-lifetime-hint = Jos sitä ei avata siihen mennessä, se poistetaan.
create-more = Salasana ja tarkka aika
create-password = Lisää salasana (valinnainen)
create-password-hint = { $n ->
    [one] Vähintään { $n } merkki. Kerro se vastaanottajalle muuta kautta, vaikka puhelimessa.
   *[other] Vähintään { $n } merkkiä. Kerro se vastaanottajalle muuta kautta, vaikka puhelimessa.
}
create-password-make = Keksi salasana
create-password-busy = Keksitään…

create-until = Tai valitse päivä ja kellonaika (valinnainen)
create-until-hint = Vähintään { $from }, enintään { $to } tästä hetkestä

create-button = Tee linkki
create-ask = Pyydä toista lähettämään jotain
create-busy = Tehdään linkkiä…

problem-message-empty = Kirjoita jotain tai valitse tiedosto
problem-message-long = { $n ->
    [one] Lyhennä viestiä { $n } merkin verran
   *[other] Lyhennä viestiä { $n } merkin verran
}
problem-password-short = { $n ->
    [one] Salasanassa pitää olla vähintään { $n } merkki
   *[other] Salasanassa pitää olla vähintään { $n } merkkiä
}
problem-password-make = Salasanan keksiminen ei onnistunut. Kirjoita oma
problem-lifetime = Valitse, milloin se poistetaan
problem-until = Valitse aika: vähintään { $from }, enintään { $to } tästä hetkestä
problem-until-part = Täytä sekä päivä että kellonaika
problem-files-many = { $n ->
    [one] Valitse enintään { $n } tiedosto
   *[other] Valitse enintään { $n } tiedostoa
}
problem-files-big = Tiedostojesi koko on { $size }. Suurin koko on { $max }
problem-file-big = { $name } on liian suuri. Suurin koko on { $max }
problem-file-empty = { $name } on tyhjä. Valitse toinen tiedosto
problem-file-unreadable = Emme voi lukea tätä: { $name }. Jos se on kansio, tee siitä ensin zip-tiedosto
problem-file-changed = { $name } on muuttunut. Valitse se uudelleen
