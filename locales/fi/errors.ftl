error-bad-request-title = Emme ymmärtäneet tuota
error-bad-request = Mene takaisin ja yritä uudelleen.
error-forbidden-title = Et voi lähettää täältä
error-forbidden = Täällä vain jotkut voivat tehdä linkkejä. Kuka tahansa voi avata linkin.
error-cross-site-title = Et voi lähettää täältä
error-cross-site = Tämän lähetti toinen sivusto. Mitään ei muutettu. Avaa tämä sivusto suoraan ja yritä uudelleen.
error-not-found-title = Tätä sivua ei ole täällä
error-not-found = Tarkista osoite tai aloita alusta.
error-too-large-title = Se on liian suuri
error-too-large = Suurin koko on yhteensä { $max }. Mene takaisin ja poista joitakin tiedostoja.
error-missing-title = Jotain puuttuu
error-missing = Mene takaisin ja tarkista jokainen kohta.
error-too-many-title = Liian monta yritystä
error-too-many = { $n ->
    [one] Odota { $n } minuutti ja yritä sitten uudelleen.
   *[other] Odota { $n } minuuttia ja yritä sitten uudelleen.
}
error-broken-title = Meillä meni jotain rikki
error-broken = Odota muutama minuutti. Voit huoletta yrittää uudelleen.
error-closed-title = { $site } on nyt kiinni
error-closed = Yritä myöhemmin uudelleen.
error-closed-links = Odottavat linkit säilyvät, mutta niiden päättymisaika ei siirry.
error-full-title = { $site } on täynnä
error-full = Nyt ei ole tilaa. Kokeile pienempää tiedostoa tai yritä myöhemmin.
error-full-fits = Tilaa on nyt { $max }. Kokeile pienempiä tiedostoja tai yritä myöhemmin.
error-between = Jokin sinun ja sivuston { $site } välillä ei toimi. Yritä pian uudelleen. Jos tämä jatkuu, kerro sivuston omistajalle: { $status }.
error-between-size = Jokin sinun ja sivuston { $site } välillä ei päästä läpi suuria osia. Kerro sivuston omistajalle: { $status }.
error-incident = Jos otat yhteyttä sivuston omistajaan, kerro: { $incident }
