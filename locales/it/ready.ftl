ready-title = Il tuo link è pronto
ready-intro = Invialo a una sola persona
ready-once = Non aprirlo tu. Si apre una volta sola.
ready-link = Link
ready-copy = Copia il link
ready-copy-note = Copia con una breve nota
ready-note-language = Lingua della nota
ready-share = Condividi
ready-share-failed = La condivisione non è riuscita. Copia il link.
ready-note = Ecco qualcosa da parte mia. Si apre una volta sola, entro { $date }.
ready-by-hand = Tieni premuto il link per copiarlo.
copied = Copiato
ready-paste = Ora incollalo nella tua chat.
copied-link = Link copiato
copy-failed = La copia non è riuscita. Il link è selezionato. Copialo a mano.

ready-more = Altri modi: nota, codice QR
ready-code-label = Codice QR del link
ready-code-warning = Chiunque lo inquadri può aprirlo.

ready-apart-heading = Di’ la password in altro modo
ready-apart = Invia il link nella chat. Di’ la password al telefono.
ready-password-copy = Copia la password
ready-password-show = Mostra la password
ready-password-hide = Nascondi la password
copied-password = Password copiata
copy-password-failed = La copia non è riuscita. La password è selezionata. Copiala a mano.

ready-opens = Si apre
ready-opens-once = Una volta sola
ready-until = Se nessuno lo apre, eliminato
ready-password = Password
ready-password-yes = Sì
ready-password-no = No

ready-status-heading = Vedi quando viene aperto
ready-status = Solo tu puoi vedere la pagina di controllo. Conserva il suo link.
ready-status-link = Pagina di controllo
ready-status-copy = Copia il link di controllo
ready-status-name = Link di controllo
ready-again = Invia qualcos’altro

already-title = Hai già creato questo link
already = Non teniamo nessuna copia. Se l’hai perso, creane uno nuovo.
