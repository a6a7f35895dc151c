opened-title-message = Tässä on viestisi
opened-title-files = Tässä ovat tiedostosi
opened-title-both = Tässä on saamasi lähetys

opened-deleted = Se on poistettu sivustolta { $site }. Nyt se on vain tällä sivulla.
opened-reading = { $site } säilyttää sen vain tätä sivua varten ja poistaa sen viimeistään { $date }. Lataa sivu uudelleen, niin näet sen taas.
opened-reading-within = Lataa tämä sivu uudelleen, niin näet sen taas. { $site } poistaa kopionsa. Siihen menee enintään { $span }.
opened-within = { $site } poistaa kopionsa. Siihen menee enintään { $span }.
opened-message = Viesti
opened-copy = Kopioi
opened-copied = Viesti kopioitu
opened-copy-failed = Kopiointi ei onnistunut. Viesti on valittu. Kopioi se itse.
opened-unfold = Näytä loput
opened-fold = Näytä vähemmän
opened-align = Näytä sarakkeina
opened-wrap = Rivitä teksti
opened-save = Tallenna tiedostona
opened-file-name = viesti

opened-files = Tiedostot
opened-count = { $n ->
    [one] { $n } tiedosto, { $size }
   *[other] { $n } tiedostoa, { $size }
}
opened-files-notice = Avaa vain tiedostoja, joita odotit.
opened-keeping-minutes = { $n ->
    [one] Säilytetään noin { $n } minuutin ajan
   *[other] Säilytetään noin { $n } minuutin ajan
}
opened-keeping-hours = { $n ->
    [one] Säilytetään noin tunnin ajan
   *[other] Säilytetään noin { $n } tunnin ajan
}
opened-all-saved = Kaikki tallennettu. Poistettu sivustolta { $site }.
opened-file-save = Tallenna
opened-file-saving = Tallennetaan { $n } %
opened-file-saved = Tallennettu.
opened-file-again = Uudelleen
opened-file-failed = Ei tallentunut.
opened-file-retry = Yritä taas
opened-share = Tallenna tai jaa
opened-blocked = Tämä sovellus estää tallennuksen. Avaa linkki selaimessasi. Aikaa on { $grace }.
opened-save-all = Tallenna kaikki
opened-downloaded = Kaikki tiedostot menivät latauksiisi. Tarkista, että ne aukeavat.
opened-have-all = Minulla on kaikki. Poista ne
opened-program = Ohjelma. Käynnistä se vain, jos luotat lähettäjään.
opened-renamed = Muutimme tätä nimeä, jotta jokainen laite voi tallentaa tiedoston.
opened-over = Et voi nyt tallentaa näitä tiedostoja tässä. Niiden aika on loppunut tai jatkoit toisessa selaimessa.
opened-no-room = Laitteellasi ei ole tilaa tälle tiedostolle.
opened-holds = Selaimesi pitää saada koko tiedosto muistiin, ennen kuin se voi tallentaa sen. Suurten tiedostojen tallennus voi epäonnistua.
opened-picture = Näytä kuva
opened-picture-alt = Kuva: { $name }
opened-picture-failed = Emme voi näyttää tätä kuvaa. Tallenna se laitteellesi.
opened-play = Toista
opened-player = Soitin: { $name }
opened-play-failed = Emme voi toistaa tätä. Tallenna se laitteellesi.
opened-words = Jos lähettäjä kysyy, kuka avasi sen, sano nämä sanat: { $words }. Ehkä hänkin näkee ne.
opened-clear = Tallensin sen. Tyhjennä sivu
opened-done-title = Valmista
opened-done = Mitään ei ole enää jäljellä sivustolla { $site } eikä tällä sivulla.
opened-done-until = Mitään ei ole enää jäljellä tällä sivulla. { $site } poistaa kopionsa viimeistään { $date }.
opened-back = Lähetä jotain takaisin
