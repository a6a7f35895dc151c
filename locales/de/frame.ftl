language-name = Deutsch

skip = Zum Inhalt springen
title = { $title } – { $site }
title-problem = Problem: { $title } – { $site }

footer-about = So funktioniert es
footer-ask = Um etwas bitten
footer-report = Schädlichen Link melden

language = Sprache:
language-wrong = Ist ein Wort falsch?

preview-title = Hier wartet etwas. Es geht nur einmal auf.
preview-text = Auf { $host } öffnen, wenn es gerade passt. Unsicher? Zuerst bei der Person nachfragen, die es gesendet hat.
preview-ask-text = Auf { $host } antworten, wenn es gerade passt. Unsicher? Zuerst bei der Person nachfragen, die darum bittet.
preview-picture = Ein geschlossener Umschlag

problems-heading = Das bitte noch ändern
problem-mark = Problem:
home-link = Zu { $site }

unreachable = Wir konnten { $site } nicht erreichen. Ein neuer Versuch schadet nicht.

stale-page = Seit dem Laden dieser Seite gab es ein Update.
stale-again = Neu laden

show = Anzeigen
hide = Verbergen
