language-name = Svenska

skip = Hoppa till sidan
title = { $title } – { $site }
title-problem = Problem: { $title } – { $site }

footer-about = Så fungerar det
footer-ask = Be om något
footer-report = Anmäl en skadlig länk

language = Språk:
language-wrong = Är något ord fel?

preview-title = Något till dig. Det öppnas en gång.
preview-text = Öppna det på { $host } när du är redo. Osäker? Fråga avsändaren.
preview-ask-text = Svara på { $host } när du är redo. Osäker? Fråga personen först.
preview-picture = Ett stängt kuvert

problems-heading = Rätta det här för att gå vidare
problem-mark = Problem:
home-link = Till { $site }

unreachable = Vi kunde inte nå { $site }. Det är ingen fara att försöka igen.

stale-page = Webbplatsen har uppdaterats sedan sidan öppnades.
stale-again = Läs in den igen

show = Visa
hide = Dölj
