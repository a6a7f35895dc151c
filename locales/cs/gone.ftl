gone-title = Tento odkaz nefunguje
gone = Byl otevřen, jeho čas uplynul nebo ho odesílatel smazal. Nebo chybí část odkazu. Co z toho se stalo, vám říct nemůžeme.
gone-opened-title = Toto už bylo otevřeno
gone-opened = Otevřeno: { $date }. Byl to někdo jiný než vy? Řekněte to hned odesílateli, aby mohl změnit heslo nebo kód, který tam byl.
gone-expired-title = Čas uplynul
gone-expired = Nikdo to neotevřel.
gone-deleted-title = Odesílatel to smazal
gone-deleted = Nikdo to neotevřel.
gone-removed-title = Web to odstranil
gone-removed = Nikdo to neotevřel. Někdo to nahlásil.

gone-do-heading = Co můžete udělat
gone-do-ask = Požádejte odesílatele o nový odkaz.
gone-do-tell = Pokud se vám to nikdy neotevřelo, řekněte to odesílateli. Mohl to otevřít někdo jiný.
gone-do-report = Byl to podvod nebo výhrůžka? Dejte nám vědět a pošlete nám odkaz: { $contact }
