offline-title = Nincs internetkapcsolat
offline = A webhelyhez ({ $site }) internet kell. A várakozó linkek biztonságban vannak.
offline-again = Újrapróbálás

share-title = Válaszd ki újra a fájlokat
share = Semmit sem őriztünk meg abból, amit megosztottál.
