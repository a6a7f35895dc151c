status-title = Zjistit, zda se to otevřelo
status-link = Vložte svůj odkaz na stav
status-check = Zkontrolovat

status-waiting-title = Zatím neotevřeno
status-waiting = Smaže se: { $date }.
status-wrong-passwords = { $n ->
    [one] Zatím { $n } špatné heslo.
    [few] Zatím { $n } špatná hesla.
    [many] Zatím { $n } špatného hesla.
   *[other] Zatím { $n } špatných hesel.
}
status-opened-title = Otevřeno a smazáno
status-opened = Otevřeno: { $date }.
status-reading-title = Otevřeno
status-reading = Kdo to otevřel, může si to znovu přečíst do: { $date }. Pak se to smaže.
status-unsaved-title = Otevřeno, soubory ještě máme
status-unsaved = Kdo to otevřel, může si soubory uložit do: { $date }.
status-words = Kdo to otevřel, vidí tato slova: { $words }. Zavolejte člověku, kterému to posíláte, a zeptejte se.
status-expired-title = Čas uplynul
status-expired = Nikdo to neotevřel. Je to smazané.
status-deleted-title = Smazáno vámi
status-deleted = Smazáno: { $date }. Nikdo to neotevřel.

status-removed-title = Web to odstranil
status-removed = Odstraněno: { $date }. Nikdo to neotevřel. Někdo to nahlásil.
status-moved = Kdo to otevřel, přešel do jiného prohlížeče: { $date }.
status-lost = Tento web ztratil část souborů. Pošlete je prosím znovu.

status-step-made = Odkaz vytvořen
status-step-opened = Otevřeno
status-step-unopened = Neotevřeno
status-step-deleted = Smazáno
status-nothing-left = Na webu { $site } nic nezůstalo.
status-not-them = Byl to někdo jiný? Změňte poslané heslo nebo kód.

status-updates = Tato stránka se obnovuje sama.
status-private = Tato stránka je jen pro vás. Odkaz na ni funguje do: { $date }.
status-checked = Zkontrolováno: { $date }.
status-again = Zkontrolovat znovu
status-busy = Kontrolujeme…

status-delete = Smazat teď
status-delete-title = Smazat teď?
status-delete-text = Odkaz přestane fungovat. Nejde to vzít zpět.
status-delete-yes = Smazat
status-delete-busy = Mažeme…
status-delete-no = Nechat
status-other-link = Toto je odkaz k odeslání. Vložte svůj odkaz na stav.
