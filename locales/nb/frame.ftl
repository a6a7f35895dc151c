language-name = Norsk bokmål

skip = Hopp til innholdet
title = { $title } – { $site }
title-problem = Problem: { $title } – { $site }

footer-about = Slik virker det
footer-ask = Be om noe
footer-report = Meld fra om en skadelig lenke

language = Språk:
language-wrong = Er et ord feil?

preview-title = Noe til deg. Kan åpnes én gang.
preview-text = Åpne det på { $host } når du er klar. Usikker? Spør avsenderen.
preview-ask-text = Svar på { $host } når du er klar. Usikker? Spør den du fikk lenken av.
preview-picture = En lukket konvolutt

problems-heading = Rett dette for å gå videre
problem-mark = Problem:
home-link = Gå til { $site }

unreachable = Vi fikk ikke kontakt med { $site }. Det er trygt å prøve igjen.

stale-page = Denne siden er fra før en oppdatering.
stale-again = Last den på nytt

show = Vis
hide = Skjul
