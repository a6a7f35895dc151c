about-title = Come funziona
about-intro = Una busta sigillata che si apre una volta sola.

about-write-heading = Tu scrivi
about-write = Un messaggio, dei file o tutti e due.
about-lock-heading = Il browser lo chiude a chiave
about-lock = La chiave è nel link. { $site } riceve solo la copia chiusa a chiave.
about-open-heading = Si apre una volta sola
about-open = La prima persona che apre il link vede quello che invii.
about-gone-heading = Poi sparisce
about-gone = Eliminiamo la nostra copia. Nessuno può aprirlo di nuovo.

about-ask-heading = Ti serve qualcosa da qualcuno?
about-ask = Crea una richiesta. Ricevi un link da inviare e un link privato. L’altra persona risponde con il primo.
about-ask-keep = Solo il tuo link privato apre ciò che ti inviano. Conservalo. Non possiamo recuperarlo.

about-who-heading = Chi può leggerlo
about-who = Chiunque abbia il link, una volta sola. Aggiungi una password se altri vedono la tua chat.
about-can-count = Possiamo vedere quanto è grande e quando è stato aperto.
about-cannot-read = Non possiamo leggerlo.
about-cannot-know = Non possiamo sapere chi l’ha aperto, né impedire uno screenshot.
about-cannot-return = Non possiamo recuperarlo.

about-real-heading = Il mio link è quello vero?
about-real = Comincia con { $address }.
about-real-never = Non chiediamo mai il tuo indirizzo email, la password della banca o soldi.

about-keep-heading = Che cosa conserviamo
about-keep = { $n ->
    [one] La copia chiusa a chiave sparisce quando è stata aperta o il tempo è finito. Queste cose le conserviamo ancora per { $n } giorno:
   *[other] La copia chiusa a chiave sparisce quando è stata aperta o il tempo è finito. Queste cose le conserviamo ancora per { $n } giorni:
}
about-keep-reading = Un messaggio aperto resta finché chi lo legge non svuota la pagina, al massimo { $span }.
about-keep-times = quando è stato creato, quando è stato aperto e com’è finita
about-keep-size = quanto era grande, più o meno, e in quante parti è arrivato
about-keep-tries = quante password sbagliate sono state provate
about-keep-words = un codice del browser che l’ha aperto, per le tre parole che puoi confrontare
about-keep-list = Se chiedi un elenco di ciò che hai inviato, lo conserva solo il tuo browser.
about-keep-not = Non conserviamo né il tuo nome, né il tuo indirizzo internet, né il tuo messaggio.

about-first-heading = Come chiuderlo a chiave prima
about-first = Senza JavaScript, è { $site } a chiudere a chiave. Quindi vede il tuo messaggio per un momento.
about-first-https = Per chiuderlo a chiave prima che parta, usa { $address } con JavaScript attivo.
about-first-how = Per chiuderlo a chiave prima che parta, attiva JavaScript o usa un browser più recente.

about-report-heading = Segnala un link pericoloso
