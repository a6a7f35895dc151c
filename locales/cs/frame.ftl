language-name = Čeština

skip = Přejít na obsah stránky
title = { $title } – { $site }
title-problem = Problém: { $title } – { $site }

footer-about = Jak to funguje
footer-ask = Požádat o něco
footer-report = Nahlásit špatný odkaz

language = Jazyk:
language-wrong = Je některé slovo špatně?

preview-title = Něco pro vás. Otevře se to jen jednou.
preview-text = Otevřete to na { $host }, až se vám to bude hodit. Váháte? Zeptejte se odesílatele.
preview-ask-text = Odpovězte na { $host }, až se vám to bude hodit. Váháte? Zeptejte se toho, kdo vám odkaz poslal.
preview-picture = Zavřená obálka

problems-heading = Nejdřív opravte toto
problem-mark = Problém:
home-link = Přejít na web { $site }

unreachable = S webem { $site } se nepodařilo spojit. Můžete to bez obav zkusit znovu.

stale-page = Tato stránka je ještě z doby před aktualizací.
stale-again = Načíst znovu

show = Zobrazit
hide = Skrýt
