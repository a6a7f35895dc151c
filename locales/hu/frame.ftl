language-name = Magyar

skip = Ugrás a tartalomra
title = { $title } – { $site }
title-problem = Hiba: { $title } – { $site }

footer-about = Így működik
footer-ask = Kérj valamit
footer-report = Káros link bejelentése

language = Nyelv:
language-wrong = Hibás valamelyik szó?

preview-title = Neked jött valami. Egyszer nyitható meg.
preview-text = Nyisd meg itt, amikor ráérsz: { $host }. Nem vagy biztos benne? Kérdezd meg a feladót.
preview-ask-text = Válaszolj itt, amikor ráérsz: { $host }. Nem vagy biztos benne? Kérdezd meg azt, aki a linket küldte.
preview-picture = Egy lezárt boríték

problems-heading = Javítsd ki ezt a folytatáshoz
problem-mark = Hiba:
home-link = Ugrás ide: { $site }

unreachable = Nem értük el a webhelyet ({ $site }). Nyugodtan megpróbálhatod újra.

stale-page = Ez az oldal egy frissítés előttről való.
stale-again = Újratöltés

show = Megjelenítés
hide = Elrejtés
