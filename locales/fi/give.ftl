give-title = Joku pyytää sinulta jotain
give-notice = Emme tiedä, kuka pyytää. Kysy ensin siltä, jonka luulet pyytävän. Älä koskaan lähetä pankin PIN-koodia tai tekstiviestissä tullutta koodia.
give-report = Onko tämä huijaus tai uhkaus? Älä lähetä mitään. Kerro meille ja lähetä meille linkki: { $contact }
give-look = Katso, mitä pyydetään
give-look-busy = Katsotaan…
give-wrote = Pyytäjä kirjoitti:
give-no-note = Pyytäjä ei kirjoittanut mitään.
give-until = Voit lähettää viimeistään { $date }.
give-button = Lähetä
give-busy = Lähetetään…
give-changed-title = Älä lähetä tällä linkillä
give-changed-why = Tätä linkkiä on muutettu. Pyydä uusi.
give-changed = Älä lähetä tällä linkillä. Sitä on muutettu. Pyydä uusi.
give-link-is-private = Tämä on yksityinen linkkisi. Sillä ei voi lähettää. Avaa se, niin näet, mitä on tullut.

sent-title = Lähetetty
sent = Vain pyytäjä voi avata sen. Voit sulkea tämän sivun.
sent-by-site = Pyytäjä voi nyt avata sen. Voit sulkea tämän sivun.

request-over-title = Tämä linkki on suljettu
request-over-full-title = Kaikki vastaukset on jo saatu
request-over-full = Linkki ei ota enempää vastaan.
request-over-expired = Aika loppui.
request-over-deleted = Pyytäjä sulki sen.
request-over-removed = Sivusto poisti tämän. Joku ilmoitti siitä.
request-over-nothing = Mitään ei lähetetty.
