error-bad-request-title = Non abbiamo capito
error-bad-request = Torna indietro e riprova.
error-forbidden-title = Da qui non puoi inviare
error-forbidden = Solo alcune persone possono creare link qui. Tutti possono aprirne uno.
error-cross-site-title = Da qui non puoi inviare
error-cross-site = Questo arriva da un altro sito. Non è cambiato niente. Apri direttamente questo sito e riprova.
error-not-found-title = Questa pagina non è qui
error-not-found = Controlla l’indirizzo o ricomincia.
error-too-large-title = È troppo grande
error-too-large = Il massimo è { $max } in tutto. Torna indietro e togli qualche file.
error-missing-title = Manca qualcosa
error-missing = Torna indietro e controlla ogni campo.
error-too-many-title = Troppi tentativi
error-too-many = { $n ->
    [one] Aspetta { $n } minuto, poi riprova.
   *[other] Aspetta { $n } minuti, poi riprova.
}
error-broken-title = C’è un guasto da parte nostra
error-broken = Aspetta qualche minuto. Puoi riprovare senza rischi.
error-closed-title = { $site } per ora è chiuso
error-closed = Riprova più tardi.
error-closed-links = I link in attesa restano, ma la loro data di fine non cambia.
error-full-title = { $site } è pieno
error-full = Ora non c’è spazio. Prova con un file più piccolo, oppure più tardi.
error-full-fits = Ora c’è spazio per { $max }. Prova con file più piccoli, oppure più tardi.
error-between = Qualcosa tra te e { $site } non funziona. Riprova tra poco. Se continua, di’ a chi gestisce il sito: { $status }.
error-between-size = Qualcosa tra te e { $site } rifiuta i pezzi grandi. Di’ a chi gestisce il sito: { $status }.
error-incident = Se avvisi chi gestisce il sito, di’: { $incident }
