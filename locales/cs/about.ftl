about-title = Jak to funguje
about-intro = Zalepená obálka, která se otevře jen jednou.

about-write-heading = Vy píšete
about-write = Zprávu, soubory nebo obojí.
about-lock-heading = Prohlížeč to zamkne
about-lock = Klíč je v odkazu. Web { $site } dostane jen zamčenou kopii.
about-open-heading = Otevře se to jen jednou
about-open = Uvidí to ten, kdo odkaz otevře jako první.
about-gone-heading = Pak je to pryč
about-gone = Svou kopii smažeme. Nikdo už to znovu neotevře.

about-ask-heading = Potřebujete od někoho něco?
about-ask = Vytvořte žádost. Dostanete odkaz k odeslání a soukromý odkaz. Odpověď přijde přes ten první.
about-ask-keep = To, co vám pošlou, otevře jen váš soukromý odkaz. Uschovejte si ho. Nemůžeme ho získat zpět.

about-who-heading = Kdo to může přečíst
about-who = Každý, kdo má odkaz, ale otevře se jen jednou. Přidejte heslo, pokud váš chat vidí i jiní.
about-can-count = Vidíme, jak je to velké a kdy se to otevřelo.
about-cannot-read = Nemůžeme to přečíst.
about-cannot-know = Nemůžeme zjistit, kdo to otevřel, ani zabránit snímku obrazovky.
about-cannot-return = Nemůžeme to získat zpět.

about-real-heading = Je můj odkaz pravý?
about-real = Začíná takto: { $address }.
about-real-never = Nikdy po vás nechceme e-mailovou adresu, heslo do banky ani peníze.

about-keep-heading = Co uchováváme
about-keep = { $n ->
    [one] Zamčená kopie zmizí, když se to otevře nebo když čas uplyne. Pak ještě { $n } den uchováváme jen toto:
    [few] Zamčená kopie zmizí, když se to otevře nebo když čas uplyne. Pak ještě { $n } dny uchováváme jen toto:
    [many] Zamčená kopie zmizí, když se to otevře nebo když čas uplyne. Pak ještě { $n } dne uchováváme jen toto:
   *[other] Zamčená kopie zmizí, když se to otevře nebo když čas uplyne. Pak ještě { $n } dní uchováváme jen toto:
}
about-keep-reading = Otevřená zpráva zůstává, dokud ji ten, kdo ji čte, nesmaže. Nejdéle: { $span }.
about-keep-times = kdy to vzniklo, kdy se to otevřelo a jak to skončilo
about-keep-size = jak to bylo přibližně velké a v kolika částech to přišlo
about-keep-tries = kolikrát někdo zadal špatné heslo
about-keep-words = kód z prohlížeče, kde se to otevřelo, pro tři slova, která můžete porovnat
about-keep-list = Pokud chcete seznam toho, co posíláte, má ho jen váš prohlížeč.
about-keep-not = Neuchováváme vaše jméno, vaši adresu na internetu ani vaši zprávu.

about-first-heading = Jak to zamknout předem
about-first = Bez JavaScriptu to zamyká sám web { $site }. Vaši zprávu proto na okamžik vidí.
about-first-https = Aby se to zamklo ještě před odesláním, použijte adresu { $address } se zapnutým JavaScriptem.
about-first-how = Aby se to zamklo ještě před odesláním, zapněte JavaScript nebo použijte novější prohlížeč.

about-report-heading = Nahlásit špatný odkaz
