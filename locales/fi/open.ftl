open-title = Joku lähetti sinulle jotain
open-intro = Se aukeaa vain kerran, sitten se poistetaan.
open-expected = Odotitko tätä?

open-notice = { $site } ei tiedä, kuka sen lähetti. Jos et odottanut sitä, kysy ensin lähettäjältä puhelimessa tai viestillä.

open-what-message = Viesti. Se aukeaa vain kerran, sitten se poistetaan.
open-what-files = Tiedostoja, noin { $size }. Ne aukeavat vain kerran, sitten ne poistetaan.
open-before = Avaa se viimeistään { $date }.
open-host = Olet osoitteessa { $address }.

open-password = Lähettäjän antama salasana
open-password-hint = Ei sähköpostisi tai pankkisi salasana
open-button = Avaa nyt
open-busy = Avataan…
open-not-you = Eikö tämä ole sinulle? Sulje tämä sivu. Mitään ei ole avattu.
open-report = Onko tämä huijaus tai uhkaus? Älä avaa sitä. Kerro meille ja lähetä meille linkki: { $contact }
open-elsewhere = Avasiko toinen sovellus tämän sivun?
open-elsewhere-why = Tallennus ei ehkä onnistu siellä. Kopioi linkki ja avaa se selaimessasi.
open-taking-over = Avasit tämän { $date } toisessa sovelluksessa. Jatketaanko tässä?
open-own = Sinä teit tämän linkin. Jos avaat sen, vastaanottaja ei voi avata sitä.
open-own-anyway = Avaa silti

open-link = Liitä koko linkki tähän
open-link-hint = Tarvitsemme #-merkin jälkeisen osan. Selaimesi ei lähetä sitä meille.
open-password-maybe-hint = Vain jos lähettäjä antoi salasanan
open-server-unlocks = Ilman JavaScriptiä { $site } avaa lukituksen. Se näkee sisällön hetken ajan eikä säilytä kopiota.
open-server-unlocks-http = Ilman https-yhteyttä { $site } avaa lukituksen. Se näkee sisällön hetken ajan eikä säilytä kopiota.
open-needs-script = Jos haluat avata sen, ota JavaScript käyttöön tai käytä uudempaa selainta. Mitään ei ole vielä avattu.
open-needs-https = Avaa se osoitteessa { $address }. Mitään ei ole vielä avattu.

problem-password-needed = Kirjoita salasana, jonka lähettäjä kertoi
problem-password-not-right = Salasana ei ole oikea.
problem-password-wrong = { $n ->
    [one] Salasana ei ole oikea. Voit yrittää vielä { $n } kerran.
   *[other] Salasana ei ole oikea. Voit yrittää vielä { $n } kertaa.
}
problem-password-wait = { $n ->
    [one] Liian monta yritystä. Odota { $n } minuutti.
   *[other] Liian monta yritystä. Odota { $n } minuuttia.
}
problem-lost = Tämä sivusto on kadottanut osan siitä. Pyydä uusi linkki.
problem-link = Tuo ei ole koko linkki. Kopioi se kokonaan uudelleen.
problem-changed = Tätä on muutettu matkalla. Pyydä uusi linkki.

damaged-title = Tämä linkki ei ole kokonainen
damaged = Osa siitä on kadonnut. Mitään ei avattu.
damaged-own = Tämä on lähettäjän oma linkki. Se ei avaa mitään. Pyydä lähettäjältä toinen linkki.
damaged-link = Liitä koko linkki
damaged-button = Kokeile tätä linkkiä

open-terminal = Avaa tämä linkki selaimessa. Mitään ei avattu.
open-terminal-how = Kopioi se kokonaan, myös #-merkin jälkeinen osa.
