ready-title = Váš odkaz je hotový
ready-intro = Pošlete ho jednomu člověku
ready-once = Vy ho neotevírejte. Otevře se jen jednou.
ready-link = Odkaz
ready-copy = Zkopírovat odkaz
ready-copy-note = Zkopírovat s krátkým vzkazem
ready-note-language = Jazyk vzkazu
ready-share = Sdílet
ready-share-failed = Sdílení se nepovedlo. Zkopírujte odkaz.
ready-note = Něco posílám. Otevře se to jen jednou, do: { $date }.
ready-by-hand = Podržte prst na odkazu a zkopírujte ho.
copied = Zkopírováno
ready-paste = Teď ho vložte do chatu.
copied-link = Odkaz zkopírován
copy-failed = Kopírování se nepovedlo. Odkaz je označený. Zkopírujte ho ručně.

ready-more = Další možnosti: vzkaz, QR kód
ready-code-label = QR kód odkazu
ready-code-warning = Každý, kdo kód naskenuje, to může otevřít.

ready-apart-heading = Heslo sdělte jinou cestou
ready-apart = Odkaz pošlete v chatu. Heslo řekněte po telefonu.
ready-password-copy = Zkopírovat heslo
ready-password-show = Zobrazit heslo
ready-password-hide = Skrýt heslo
copied-password = Heslo zkopírováno
copy-password-failed = Kopírování se nepovedlo. Heslo je označené. Zkopírujte ho ručně.

ready-opens = Otevře se
ready-opens-once = Jen jednou
ready-until = Neotevřené se smaže
ready-password = Heslo
ready-password-yes = Ano
ready-password-no = Ne

ready-status-heading = Zjistěte, kdy se to otevře
ready-status = Stránku se stavem můžete vidět jen vy. Uschovejte si odkaz na ni.
ready-status-link = Stránka se stavem
ready-status-copy = Zkopírovat odkaz na stav
ready-status-name = Odkaz na stav
ready-again = Poslat něco dalšího

already-title = Tento odkaz už je vytvořený
already = Kopii nemáme. Pokud se odkaz ztratil, vytvořte nový.
