request-title = Chiedi qualcosa
request-intro = Crea un link. L’altra persona lo usa per inviarti un messaggio o dei file.
request-intro-only = Solo tu puoi aprirli.
request-server-locks = Il tuo browser non lo chiuderà a chiave. { $site } lo chiude a chiave quando arriva e non tiene nessuna chiave.
request-needs-script = Questo sito accetta solo ciò che è chiuso a chiave nel tuo browser.
request-note = Che cosa ti serve? (facoltativo)
request-note-hint = Chiunque abbia il link può leggerlo
request-answers = Quante risposte vuoi?
request-count = { $n ->
    [one] { $n } risposta
   *[other] { $n } risposte
}
request-lifetime = Chiudi il link dopo
request-button = Crea link di richiesta
request-busy = Creazione dei link…
request-preview = Che cosa vedrà l’altra persona
problem-note-long = Accorcia il testo

request-ready-title = Hai due link
request-ready-send = Invia questo
request-ready-send-name = Link da inviare
request-ready-until = Accetta risposte fino a { $date }.
request-ready-keep = Conserva questo
request-ready-keep-name = Il tuo link privato
request-ready-why = Solo questo link apre la risposta. Non possiamo recuperarlo.
request-ready-both = Conserva tutti e due i link prima di uscire.
request-note-shared = Ecco il link per inviarmelo, grazie. Funziona fino a { $date }.
request-code = Codice QR
request-code-warning = Chiunque lo inquadri può risponderti.
request-keep-copy = Copia il link privato
request-keep-share = Invialo a me
request-keep-shared = Il mio link privato. Apre ciò che mi inviano. Non darlo a nessuno.
request-keep-print = Stampalo
request-keep-done = Conservalo dove guardi solo tu.
request-keep-code = Codice QR del tuo link privato
request-keep-code-warning = Chiunque lo inquadri può aprire le tue risposte.

collect-heading = Hai già chiesto qualcosa?
collect-link = Incolla il tuo link privato
collect-button = Vedi cosa è arrivato
collect-none-title = Non è ancora arrivato niente
collect-never-title = Non è arrivato niente
collect-title = { $n ->
    [one] La tua risposta è qui
   *[other] { $n } risposte sono qui
}
collect-open = Il link accetta risposte fino a { $date }.
collect-full = Sono arrivate tutte le risposte. Il link è chiuso.
collect-expired = Il tempo è finito. Il link è chiuso.
collect-deleted = Hai chiuso il link.
collect-removed = Il sito l’ha rimosso. Qualcuno l’ha segnalato.
collect-answer = Risposta { $n }
collect-came = Arrivo: { $date }.
collect-once = Ognuna si apre una volta sola. Poi viene eliminata.
collect-changed = Questa risposta è stata modificata lungo il percorso. Chiedila di nuovo.
collect-message = Un messaggio.
collect-files = Dei file, circa { $size }.
collect-unsaved = Aperta. Puoi continuare fino a { $date }.
collect-opened = Aperta { $date }.
collect-gone = Non c’è più. Chiedila di nuovo.
collect-asked = Hai chiesto:
collect-again = Chiedi di nuovo
collect-end = Chiudi il link
collect-end-title = Chiudere il link?
collect-end-text = Non potrà arrivare altro. Ciò che è arrivato resta qui.
collect-end-yes = Chiudilo
collect-end-busy = Chiusura…
collect-end-no = Lascialo aperto

problem-link-is-to-send = Questo è il link da inviare. Incolla il tuo link privato.
problem-link-is-of-share = Questo è un altro tipo di link.
