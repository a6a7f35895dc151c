offline-title = Você está sem internet
offline = { $site } precisa de internet. Os links em espera estão seguros.
offline-again = Tentar de novo

share-title = Escolha seus arquivos de novo
share = Não guardamos nada do que você compartilhou.
