give-title = Qualcuno ti chiede qualcosa
give-notice = Non sappiamo chi lo chiede. Prima verifica con quella persona. Non inviare mai il PIN della banca o un codice ricevuto per SMS.
give-report = È una truffa o una minaccia? Non inviare niente. Avvisaci e inviaci il link: { $contact }
give-look = Vedi cosa ti chiedono
give-look-busy = Un attimo…
give-wrote = Chi chiede ha scritto:
give-no-note = Chi chiede non ha scritto niente.
give-until = Puoi inviare fino a { $date }.
give-button = Invia
give-busy = Invio…
give-changed-title = Non inviare niente qui
give-changed-why = Questo link è stato modificato. Chiedine uno nuovo.
give-changed = Non inviare niente qui. Questo link è stato modificato. Chiedine uno nuovo.
give-link-is-private = Questo è il tuo link privato. Non serve per inviare. Aprilo per vedere cosa è arrivato.

sent-title = Inviato
sent = Può aprirlo solo la persona che l’ha chiesto. Puoi chiudere questa pagina.
sent-by-site = La persona che l’ha chiesto ora può aprirlo. Puoi chiudere questa pagina.

request-over-title = Questo link è chiuso
request-over-full-title = Chi l’ha chiesto ha già tutto
request-over-full = Il link non accetta altro.
request-over-expired = Il tempo è finito.
request-over-deleted = La persona che l’ha chiesto l’ha chiuso.
request-over-removed = Il sito l’ha rimosso. Qualcuno l’ha segnalato.
request-over-nothing = Non è stato inviato niente.
