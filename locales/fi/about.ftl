about-title = Näin tämä toimii
about-intro = Suljettu kirjekuori, joka aukeaa vain kerran.

about-write-heading = Sinä kirjoitat
about-write = Viesti, tiedostoja tai molemmat.
about-lock-heading = Selaimesi lukitsee sen
about-lock = Avain on linkissä. { $site } saa vain lukitun kopion.
about-open-heading = Vastaanottaja avaa sen kerran
about-open = Ensimmäinen, joka avaa linkin, näkee sen.
about-gone-heading = Sitten se on poissa
about-gone = Poistamme oman kopiomme. Kukaan ei voi avata sitä uudelleen.

about-ask-heading = Tarvitsetko jotain joltakulta?
about-ask = Tee pyyntö. Saat lähetettävän linkin ja yksityisen linkin. Sinulle vastataan lähetettävällä linkillä.
about-ask-keep = Vain yksityinen linkkisi avaa sen, mitä sinulle lähetetään. Pidä se tallessa. Emme voi palauttaa sitä.

about-who-heading = Kuka voi lukea sen?
about-who = Kuka tahansa, jolla on linkki, yhden kerran. Lisää salasana, jos muut näkevät keskustelusi.
about-can-count = Näemme, kuinka suuri se on ja milloin se avattiin.
about-cannot-read = Emme voi lukea sitä.
about-cannot-know = Emme voi tietää, kuka sen avasi, emmekä estää kuvakaappausta.
about-cannot-return = Emme voi palauttaa sitä.

about-real-heading = Onko linkkini aito?
about-real = Sen alussa on { $address }.
about-real-never = Emme koskaan pyydä sähköpostiosoitettasi, pankin salasanaa tai rahaa.

about-keep-heading = Mitä säilytämme
about-keep = { $n ->
    [one] Lukittu kopio häviää, kun se on avattu tai sen aika on loppunut. Sen jälkeen säilytämme vain nämä tiedot, vielä { $n } päivän ajan:
   *[other] Lukittu kopio häviää, kun se on avattu tai sen aika on loppunut. Sen jälkeen säilytämme vain nämä tiedot, vielä { $n } päivän ajan:
}
about-keep-reading = Avattu viesti säilyy, kunnes lukija tyhjentää sen, enintään { $span }.
about-keep-times = milloin se tehtiin, milloin se avattiin ja miten se päättyi
about-keep-size = suunnilleen kuinka suuri se oli ja kuinka monessa osassa se tuli
about-keep-tries = kuinka monta väärää salasanaa kokeiltiin
about-keep-words = koodi selaimesta, joka avasi sen, niitä kolmea sanaa varten, joita voitte verrata
about-keep-list = Jos haluat listan lähetyksistäsi, se on vain omassa selaimessasi.
about-keep-not = Emme säilytä nimeäsi, internetosoitettasi emmekä viestiäsi.

about-first-heading = Näin lukitset sen ensin
about-first = Ilman JavaScriptiä { $site } tekee lukituksen. Siksi se näkee viestisi hetken ajan.
about-first-https = Jos haluat lukita sen ennen lähettämistä, käytä osoitetta { $address } ja pidä JavaScript päällä.
about-first-how = Jos haluat lukita sen ennen lähettämistä, ota JavaScript käyttöön tai käytä uudempaa selainta.

about-report-heading = Ilmoita haitallisesta linkistä
