offline-title = Jste bez internetu
offline = Web { $site } potřebuje internet. Čekající odkazy jsou v bezpečí.
offline-again = Zkusit znovu

share-title = Vyberte soubory znovu
share = Ze sdíleného obsahu jsme si nic nenechali.
