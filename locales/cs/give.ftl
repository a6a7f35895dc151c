give-title = Někdo vás o něco žádá
give-notice = Nevíme, kdo žádá. Nejdřív se zeptejte toho, kdo podle vás žádá. Nikdy neposílejte bankovní PIN ani kód z SMS.
give-report = Je to podvod nebo výhrůžka? Nic neposílejte. Dejte nám vědět a pošlete nám odkaz: { $contact }
give-look = Zobrazit žádost
give-look-busy = Díváme se…
give-wrote = Píší vám:
give-no-note = Bez vzkazu.
give-until = Poslat to můžete do: { $date }.
give-button = Odeslat
give-busy = Odesíláme…
give-changed-title = Tady nic neposílejte
give-changed-why = Tento odkaz byl změněn. Požádejte o nový.
give-changed = Tady nic neposílejte. Tento odkaz byl změněn. Požádejte o nový.
give-link-is-private = Toto je váš soukromý odkaz. K posílání neslouží. Otevřete ho a uvidíte, co přišlo.

sent-title = Odesláno
sent = Otevřít to může jen ten, kdo žádal. Tuto stránku můžete zavřít.
sent-by-site = Kdo žádal, může to teď otevřít. Tuto stránku můžete zavřít.

request-over-title = Tento odkaz je uzavřený
request-over-full-title = Všechny odpovědi už přišly
request-over-full = Odkaz už nic nepřijímá.
request-over-expired = Čas uplynul.
request-over-deleted = Uzavřel ho ten, kdo žádal.
request-over-removed = Web to odstranil. Někdo to nahlásil.
request-over-nothing = Nic se neodeslalo.
