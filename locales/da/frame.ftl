language-name = Dansk

skip = Gå til siden
title = { $title } – { $site }
title-problem = Problem: { $title } – { $site }

footer-about = Sådan virker det
footer-ask = Bed om noget
footer-report = Anmeld et skadeligt link

language = Sprog:
language-wrong = Er et ord forkert?

preview-title = Noget til dig. Det åbnes én gang.
preview-text = Åbn det på { $host }, når du er klar. Er du i tvivl? Spørg afsenderen.
preview-ask-text = Svar på { $host }, når du er klar. Er du i tvivl? Spørg personen først.
preview-picture = En lukket kuvert

problems-heading = Ret det her for at gå videre
problem-mark = Problem:
home-link = Gå til { $site }

unreachable = Vi kunne ikke få fat i { $site }. Du kan trygt prøve igen.

stale-page = Denne side er fra før en opdatering.
stale-again = Indlæs den igen

show = Vis
hide = Skjul
