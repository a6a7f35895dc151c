opened-title-message = Tady je vaše zpráva
opened-title-files = Tady jsou vaše soubory
opened-title-both = Tady je, co vám poslali

opened-deleted = Z webu { $site } je to smazané. Teď je to jen na této stránce.
opened-reading = Web { $site } to uchovává jen pro tuto stránku do: { $date }. Načtěte ji znovu a uvidíte to opět.
opened-reading-within = Načtěte tuto stránku znovu a uvidíte to opět. Web { $site } svou kopii smaže. Doba do smazání: nejvýš { $span }.
opened-within = Web { $site } svou kopii smaže. Doba do smazání: nejvýš { $span }.
opened-message = Zpráva
opened-copy = Zkopírovat
opened-copied = Zpráva zkopírována
opened-copy-failed = Kopírování se nepovedlo. Zpráva je označená. Zkopírujte ji ručně.
opened-unfold = Zobrazit zbytek
opened-fold = Zobrazit méně
opened-align = Zobrazit ve sloupcích
opened-wrap = Zalamovat řádky
opened-save = Uložit jako soubor
opened-file-name = zpráva

opened-files = Soubory
opened-count = { $n ->
    [one] { $n } soubor, { $size }
    [few] { $n } soubory, { $size }
    [many] { $n } souboru, { $size }
   *[other] { $n } souborů, { $size }
}
opened-files-notice = Otevírejte jen soubory, které čekáte.
opened-keeping-minutes = { $n ->
    [one] Uchováváme ještě asi { $n } minutu
    [few] Uchováváme ještě asi { $n } minuty
    [many] Uchováváme ještě asi { $n } minuty
   *[other] Uchováváme ještě asi { $n } minut
}
opened-keeping-hours = { $n ->
    [one] Uchováváme ještě asi { $n } hodinu
    [few] Uchováváme ještě asi { $n } hodiny
    [many] Uchováváme ještě asi { $n } hodiny
   *[other] Uchováváme ještě asi { $n } hodin
}
opened-all-saved = Vše uloženo. Z webu { $site } smazáno.
opened-file-save = Uložit
opened-file-saving = Ukládáme: { $n } %
opened-file-saved = Uloženo.
opened-file-again = Znovu
opened-file-failed = Neuloženo.
opened-file-retry = Zkusit znovu
opened-share = Uložit nebo sdílet
opened-blocked = Tato aplikace brání ukládání. Otevřete odkaz ve svém prohlížeči. Čas na to: { $grace }.
opened-save-all = Uložit vše
opened-downloaded = Všechny soubory šly do stažených. Zkontrolujte, zda se dají otevřít.
opened-have-all = Mám všechny. Smazat je
opened-program = Toto je program. Spusťte ho, jen když odesílateli věříte.
opened-renamed = Tento název jsme změnili, aby šel soubor uložit na každém zařízení.
opened-over = Tyto soubory tu už uložit nejdou. Jejich čas uplynul, nebo jsou teď otevřené v jiném prohlížeči.
opened-no-room = Na vašem zařízení není pro tento soubor místo.
opened-holds = Váš prohlížeč musí celý soubor pojmout, než ho uloží. U velkých souborů se to nemusí povést.
opened-picture = Zobrazit obrázek
opened-picture-alt = Obrázek: { $name }
opened-picture-failed = Tento obrázek nemůžeme zobrazit. Můžete si ho uložit.
opened-play = Přehrát
opened-player = Přehrávač: { $name }
opened-play-failed = Toto nemůžeme přehrát. Můžete si to uložit.
opened-words = Když se odesílatel zeptá, kdo to otevřel, řekněte tato slova: { $words }. Možná je vidí i odesílatel.
opened-clear = Mám uloženo. Vymazat stránku
opened-done-title = Hotovo
opened-done = Na webu { $site } ani na této stránce nic nezůstalo.
opened-done-until = Na této stránce nic nezůstalo. Web { $site } svou kopii smaže nejpozději: { $date }.
opened-back = Poslat něco zpět
