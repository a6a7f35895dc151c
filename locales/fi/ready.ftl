ready-title = Linkkisi on valmis
ready-intro = Lähetä se yhdelle ihmiselle
ready-once = Älä avaa sitä itse. Se aukeaa vain kerran.
ready-link = Linkki
ready-copy = Kopioi linkki
ready-copy-note = Kopioi saateviestin kanssa
ready-note-language = Saateviestin kieli
ready-share = Jaa
ready-share-failed = Jakaminen ei onnistunut. Kopioi linkki.
ready-note = Lähetin sinulle jotain. Sen voi avata vain kerran, viimeistään { $date }.
ready-by-hand = Kopioi linkki painamalla sitä pitkään.
copied = Kopioitu
ready-paste = Liitä se nyt keskusteluun.
copied-link = Linkki kopioitu
copy-failed = Kopiointi ei onnistunut. Linkki on valittu. Kopioi se itse.

ready-more = Lisää: saateviesti, QR-koodi
ready-code-label = Linkin QR-koodi
ready-code-warning = Kuka tahansa, joka skannaa tämän, voi avata sen.

ready-apart-heading = Kerro salasana muuta kautta
ready-apart = Lähetä linkki keskustelussa. Kerro salasana puhelimessa.
ready-password-copy = Kopioi salasana
ready-password-show = Näytä salasana
ready-password-hide = Piilota salasana
copied-password = Salasana kopioitu
copy-password-failed = Kopiointi ei onnistunut. Salasana on valittu. Kopioi se itse.

ready-opens = Aukeaa
ready-opens-once = Yhden kerran
ready-until = Poistetaan avaamattomana
ready-password = Salasana
ready-password-yes = Kyllä
ready-password-no = Ei

ready-status-heading = Katso, milloin se avataan
ready-status = Vain sinä näet seurantasivun. Pidä sen linkki tallessa.
ready-status-link = Seurantasivu
ready-status-copy = Kopioi seurantalinkki
ready-status-name = Seurantalinkki
ready-again = Lähetä jotain muuta

already-title = Teit jo tämän linkin
already = Emme säilytä kopiota. Jos hukkasit linkin, tee uusi.
