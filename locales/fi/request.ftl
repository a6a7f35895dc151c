request-title = Pyydä jotain
request-intro = Tee linkki. Toinen ihminen lähettää sillä sinulle viestin tai tiedostoja.
request-intro-only = Vain sinä voit avata ne.
request-server-locks = Selaimesi ei lukitse tätä. { $site } lukitsee sen, kun se tulee perille, eikä säilytä avainta.
request-needs-script = Tämä sivusto ottaa vastaan vain selaimessasi lukittua.
request-note = Mitä tarvitset? (valinnainen)
request-note-hint = Kuka tahansa, jolla on linkki, voi lukea tämän
request-answers = Montako vastausta haluat?
request-count = { $n ->
    [one] { $n } vastaus
   *[other] { $n } vastausta
}
request-lifetime = Kuinka kauan linkki on auki?
request-button = Tee pyyntölinkki
request-busy = Tehdään linkkejä…
request-preview = Toinen ihminen näkee tämän
problem-note-long = Lyhennä tekstiä

request-ready-title = Sinulla on kaksi linkkiä
request-ready-send = Lähetä tämä
request-ready-send-name = Lähetettävä linkki
request-ready-until = Siihen voi vastata viimeistään { $date }.
request-ready-keep = Pidä tämä itselläsi
request-ready-keep-name = Yksityinen linkkisi
request-ready-why = Vain tämä linkki avaa vastauksen. Emme voi palauttaa linkkiä.
request-ready-both = Ota molemmat linkit talteen, ennen kuin lähdet.
request-note-shared = Lähetä se minulle tällä linkillä, kiitos. Voit lähettää viimeistään { $date }.
request-code = QR-koodi
request-code-warning = Kuka tahansa, joka skannaa tämän, voi vastata sinulle.
request-keep-copy = Kopioi yksityinen linkki
request-keep-share = Lähetä itselleni
request-keep-shared = Yksityinen linkkini. Se avaa sen, mitä minulle lähetetään. Älä anna sitä eteenpäin.
request-keep-print = Tulosta se
request-keep-done = Pidä se paikassa, jonka vain sinä näet.
request-keep-code = Yksityisen linkkisi QR-koodi
request-keep-code-warning = Kuka tahansa, joka skannaa tämän, voi avata saamasi vastaukset.

collect-heading = Oletko jo pyytänyt jotain?
collect-link = Liitä yksityinen linkkisi
collect-button = Katso, mitä on tullut
collect-none-title = Mitään ei ole vielä tullut
collect-never-title = Mitään ei tullut
collect-title = { $n ->
    [one] Vastauksesi on täällä
   *[other] { $n } vastausta on täällä
}
collect-open = Linkkiin voi vastata viimeistään { $date }.
collect-full = Kaikki vastaukset ovat tulleet. Linkki on suljettu.
collect-expired = Aika loppui. Linkki on suljettu.
collect-deleted = Suljit linkin.
collect-removed = Sivusto poisti tämän. Joku ilmoitti siitä.
collect-answer = Vastaus { $n }
collect-came = Se tuli { $date }.
collect-once = Jokainen vastaus aukeaa vain kerran. Sitten se poistetaan.
collect-changed = Tätä on muutettu matkalla. Pyydä uudelleen.
collect-message = Viesti.
collect-files = Tiedostoja, noin { $size }.
collect-unsaved = Avattu. Voit vielä jatkaa. Aika loppuu { $date }.
collect-opened = Avattu { $date }.
collect-gone = Se on poissa. Pyydä uudelleen.
collect-asked = Pyysit tätä:
collect-again = Pyydä uudelleen
collect-end = Sulje linkki
collect-end-title = Suljetaanko linkki?
collect-end-text = Sen jälkeen ei voi tulla enempää. Jo tulleet pysyvät täällä.
collect-end-yes = Sulje se
collect-end-busy = Suljetaan…
collect-end-no = Pidä auki

problem-link-is-to-send = Tämä on lähetettävä linkki. Liitä yksityinen linkkisi.
problem-link-is-of-share = Tämä on toisenlainen linkki.
