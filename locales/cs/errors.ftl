error-bad-request-title = Tomu nerozumíme
error-bad-request = Vraťte se a zkuste to znovu.
error-forbidden-title = Odtud nemůžete posílat
error-forbidden = Odkazy tu mohou vytvářet jen někteří lidé. Otevřít je může každý.
error-cross-site-title = Odtud nemůžete posílat
error-cross-site = Toto poslal jiný web. Nic se nezměnilo. Otevřete přímo tento web a zkuste to znovu.
error-not-found-title = Tato stránka tu není
error-not-found = Zkontrolujte adresu nebo začněte znovu.
error-too-large-title = To je moc velké
error-too-large = Celkem jde poslat nejvíc { $max }. Vraťte se a některé soubory odeberte.
error-missing-title = Něco chybí
error-missing = Vraťte se a zkontrolujte každé pole.
error-too-many-title = Příliš mnoho pokusů
error-too-many = { $n ->
    [one] Počkejte { $n } minutu a zkuste to znovu.
    [few] Počkejte { $n } minuty a zkuste to znovu.
    [many] Počkejte { $n } minuty a zkuste to znovu.
   *[other] Počkejte { $n } minut a zkuste to znovu.
}
error-broken-title = Něco se u nás pokazilo
error-broken = Počkejte pár minut. Můžete to bez obav zkusit znovu.
error-closed-title = { $site } má teď zavřeno
error-closed = Zkuste to později.
error-closed-links = Čekající odkazy zůstávají, ale jejich čas se neprodlužuje.
error-full-title = Web { $site } je plný
error-full = Teď tu není místo. Zkuste menší soubor, nebo to zkuste později.
error-full-fits = Teď je tu místo pro { $max }. Zkuste menší soubory, nebo to zkuste později.
error-between = Něco mezi vámi a webem { $site } nefunguje. Zkuste to za chvíli znovu. Pokud to trvá, předejte majiteli webu: { $status }.
error-between-size = Něco mezi vámi a webem { $site } nepropouští velké kusy. Předejte majiteli webu: { $status }.
error-incident = Pokud to hlásíte majiteli webu, uveďte: { $incident }
