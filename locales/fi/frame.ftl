language-name = Suomi

skip = Siirry sisältöön
title = { $title } – { $site }
title-problem = Ongelma: { $title } – { $site }

footer-about = Näin tämä toimii
footer-ask = Pyydä jotain
footer-report = Ilmoita haitallisesta linkistä

language = Kieli:
language-wrong = Onko jokin sana väärin?

preview-title = Sinulle on jotain. Se aukeaa kerran.
preview-text = Avaa se osoitteessa { $host }, kun sinulle sopii. Etkö ole varma? Kysy lähettäjältä.
preview-ask-text = Vastaa osoitteessa { $host }, kun sinulle sopii. Etkö ole varma? Kysy siltä, joka lähetti sinulle linkin.
preview-picture = Suljettu kirjekuori

problems-heading = Korjaa tämä, niin voit jatkaa
problem-mark = Ongelma:
home-link = Siirry sivustolle { $site }

unreachable = Emme saaneet yhteyttä sivustoon { $site }. Voit huoletta yrittää uudelleen.

stale-page = Tämä sivu on ajalta ennen päivitystä.
stale-again = Lataa se uudelleen

show = Näytä
hide = Piilota
