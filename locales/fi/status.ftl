status-title = Katso, onko se avattu
status-link = Liitä seurantalinkkisi
status-check = Tarkista

status-waiting-title = Ei vielä avattu
status-waiting = Se poistetaan { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } väärä salasana tähän mennessä.
   *[other] { $n } väärää salasanaa tähän mennessä.
}
status-opened-title = Avattu ja poistettu
status-opened = Avattu { $date }.
status-reading-title = Avattu
status-reading = Se, joka avasi tämän, voi lukea sen vielä uudelleen. Se poistetaan viimeistään { $date }.
status-unsaved-title = Avattu, tiedostot yhä tallessa
status-unsaved = Se, joka avasi tämän, voi tallentaa tiedostot viimeistään { $date }.
status-words = Se, joka avasi tämän, näkee nämä sanat: { $words }. Soita ihmiselle, jolle lähetit sen, ja kysy.
status-expired-title = Aika loppui
status-expired = Kukaan ei avannut sitä. Se on poistettu.
status-deleted-title = Poistit tämän
status-deleted = Poistettu { $date }. Kukaan ei avannut sitä.

status-removed-title = Sivusto poisti tämän
status-removed = Poistettu { $date }. Kukaan ei avannut sitä. Joku ilmoitti siitä.
status-moved = Se, joka avasi tämän, jatkoi toisessa selaimessa { $date }.
status-lost = Tämä sivusto kadotti osan tiedostoista. Lähetä ne uudelleen.

status-step-made = Linkki tehty
status-step-opened = Avattu
status-step-unopened = Ei avattu
status-step-deleted = Poistettu
status-nothing-left = Sivustolla { $site } ei ole enää mitään.
status-not-them = Avasiko sen joku muu? Vaihda lähettämäsi salasana tai koodi.

status-updates = Tämä sivu päivittyy itsestään.
status-private = Tämä sivu on vain sinulle. Sen linkki lakkaa toimimasta { $date }.
status-checked = Tarkistettu { $date }.
status-again = Tarkista uudelleen
status-busy = Tarkistetaan…

status-delete = Poista nyt
status-delete-title = Poistetaanko nyt?
status-delete-text = Linkki lakkaa toimimasta. Tätä ei voi perua.
status-delete-yes = Poista
status-delete-busy = Poistetaan…
status-delete-no = Säilytä
status-other-link = Tämä on lähetettävä linkki. Liitä oma seurantalinkkisi.
