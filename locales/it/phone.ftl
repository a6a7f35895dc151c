offline-title = Non sei in rete
offline = { $site } ha bisogno di internet. I link in attesa sono al sicuro.
offline-again = Riprova

share-title = Scegli di nuovo i tuoi file
share = Non abbiamo conservato niente di ciò che hai condiviso.
