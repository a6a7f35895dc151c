create-title = Pošlete jednorázový odkaz
create-intro = Napište to nebo přidejte soubory. Pošlete odkaz. Otevře se jen jednou, pak je vše pryč.

create-server-locks = Nezamyká se to ve vašem prohlížeči. Web { $site } to zamkne, až to dorazí.
create-lock-how = Jak to zamknout předem
create-browser-locks = Zamčeno ve vašem prohlížeči. Web { $site } to nemůže přečíst.

create-needs-script-title = K odeslání zapněte JavaScript
create-needs-script = Tento web přijímá jen to, co je zamčené ve vašem prohlížeči. Starý prohlížeč zamykat neumí.
create-needs-https = K odeslání použijte { $address }.

create-message = Zpráva
create-message-hint = Heslo, kód, vzkaz
create-message-left = { $n ->
    [one] Zbývá { $n } znak
    [few] Zbývají { $n } znaky
    [many] Zbývá { $n } znaku
   *[other] Zbývá { $n } znaků
}
create-message-over = { $n ->
    [one] Přebývá { $n } znak
    [few] Přebývají { $n } znaky
    [many] Přebývá { $n } znaku
   *[other] Přebývá { $n } znaků
}

create-files = Soubory
create-files-hint = Nejvýš { $n }, celkem do { $max }.
create-files-full = Na soubory teď není místo. Zpráva se ještě vejde.
create-files-last = Soubory vyberte nakonec. Když se něco nepovede, je třeba je vybrat znovu.
create-files-choose = Přidat soubory
create-files-more = Přidat další soubory
create-files-drop = Nebo je přetáhněte kamkoli na stránku.
create-files-veil = Pusťte je a přidají se
create-files-remove = Odebrat
create-files-total = { $n ->
    [one] { $n } soubor, { $size } z { $max }
    [few] { $n } soubory, { $size } z { $max }
    [many] { $n } souboru, { $size } z { $max }
   *[other] { $n } souborů, { $size } z { $max }
}
create-files-show = { $n ->
    [one] Zobrazit ještě { $n } soubor
    [few] Zobrazit ještě { $n } soubory
    [many] Zobrazit ještě { $n } souboru
   *[other] Zobrazit ještě { $n } souborů
}
create-files-added = { $n ->
    [one] Přidán { $n } soubor
    [few] Přidány { $n } soubory
    [many] Přidáno { $n } souboru
   *[other] Přidáno { $n } souborů
}
create-shared = Toto poslala jiná aplikace nebo web. Vložit to do vaší zprávy?
create-shared-add = Vložit
create-shared-drop = Nevkládat
create-files-slow = Velké soubory se odesílají několik minut. Nechte tuto stránku otevřenou.

create-lifetime = Jak dlouho to může čekat?
create-lifetime-hint = Když to do té doby nikdo neotevře, smaže se to.
create-more = Heslo a přesný čas
create-password = Přidejte heslo (nepovinné)
create-password-hint = { $n ->
    [one] Použijte aspoň { $n } znak. Heslo sdělte jinou cestou, třeba po telefonu.
    [few] Použijte aspoň { $n } znaky. Heslo sdělte jinou cestou, třeba po telefonu.
    [many] Použijte aspoň { $n } znaku. Heslo sdělte jinou cestou, třeba po telefonu.
   *[other] Použijte aspoň { $n } znaků. Heslo sdělte jinou cestou, třeba po telefonu.
}
create-password-make = Vymyslet za mě
create-password-busy = Vymýšlíme…

create-until = Nebo vyberte den a čas (nepovinné)
create-until-hint = Doba od teď: { $from } – { $to }

create-button = Vytvořit odkaz
create-ask = Požádat někoho o něco
create-busy = Vytváříme odkaz…

problem-message-empty = Něco napište nebo vyberte soubor
problem-message-long = { $n ->
    [one] Zkraťte zprávu o { $n } znak
    [few] Zkraťte zprávu o { $n } znaky
    [many] Zkraťte zprávu o { $n } znaku
   *[other] Zkraťte zprávu o { $n } znaků
}
problem-password-short = { $n ->
    [one] Heslo musí mít aspoň { $n } znak
    [few] Heslo musí mít aspoň { $n } znaky
    [many] Heslo musí mít aspoň { $n } znaku
   *[other] Heslo musí mít aspoň { $n } znaků
}
problem-password-make = Heslo se nepodařilo vymyslet. Napište vlastní
problem-lifetime = Vyberte, kdy se to má smazat
problem-until = Vyberte jiný čas. Doba od teď: { $from } – { $to }
problem-until-part = Vyplňte den i čas
problem-files-many = { $n ->
    [one] Vyberte nejvýš { $n } soubor
    [few] Vyberte nejvýš { $n } soubory
    [many] Vyberte nejvýš { $n } souboru
   *[other] Vyberte nejvýš { $n } souborů
}
problem-files-big = Vaše soubory mají { $size }. Nejvíc jde poslat { $max }
problem-file-big = Soubor { $name } je moc velký. Nejvíc jde poslat { $max }
problem-file-empty = Soubor { $name } je prázdný. Vyberte jiný
problem-file-unreadable = Nejde přečíst { $name }. Pokud je to složka, nejdřív ji zabalte do souboru ZIP
problem-file-changed = Soubor { $name } se změnil. Vyberte ho znovu
