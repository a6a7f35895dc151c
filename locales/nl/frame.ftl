language-name = Nederlands

skip = Ga naar de pagina
title = { $title } – { $site }
title-problem = Probleem: { $title } – { $site }

footer-about = Zo werkt het
footer-ask = Om iets vragen
footer-report = Schadelijke link melden

language = Taal:
language-wrong = Klopt een woord niet?

preview-title = Iets voor jou. Het gaat één keer open.
preview-text = Open het op { $host } als je zover bent. Twijfel je? Vraag het aan de afzender.
preview-ask-text = Antwoord op { $host } als je zover bent. Twijfel je? Vraag het eerst na.
preview-picture = Een dichte envelop

problems-heading = Pas dit aan om verder te gaan
problem-mark = Probleem:
home-link = Naar { $site }

unreachable = We konden { $site } niet bereiken. Je kunt het gerust opnieuw proberen.

stale-page = Deze pagina is van voor een update.
stale-again = Opnieuw laden

show = Tonen
hide = Verbergen
