opened-title-message = Ecco il tuo messaggio
opened-title-files = Ecco i tuoi file
opened-title-both = Ecco cosa ti hanno inviato

opened-deleted = Su { $site } è stato eliminato. Ora ce l’ha solo questa pagina.
opened-reading = { $site } lo tiene fino a { $date }, solo per questa pagina. Ricaricala per vederlo di nuovo.
opened-reading-within = Ricarica questa pagina per vederlo di nuovo. { $site } elimina la sua copia entro { $span }.
opened-within = { $site } elimina la sua copia entro { $span }.
opened-message = Messaggio
opened-copy = Copia
opened-copied = Messaggio copiato
opened-copy-failed = La copia non è riuscita. Il messaggio è selezionato. Copialo a mano.
opened-unfold = Mostra il resto
opened-fold = Mostra meno
opened-align = Mostra in colonne
opened-wrap = Manda a capo le righe
opened-save = Salva come file
opened-file-name = messaggio

opened-files = File
opened-count = { $n ->
    [one] { $n } file, { $size }
   *[other] { $n } file, { $size }
}
opened-files-notice = Apri solo i file che aspettavi.
opened-keeping-minutes = { $n ->
    [one] Ancora qui per circa { $n } minuto
   *[other] Ancora qui per circa { $n } minuti
}
opened-keeping-hours = { $n ->
    [one] Ancora qui per circa un’ora
   *[other] Ancora qui per circa { $n } ore
}
opened-all-saved = Tutto salvato. Su { $site } è stato eliminato.
opened-file-save = Salva
opened-file-saving = Salvataggio { $n }%
opened-file-saved = Salvato.
opened-file-again = Di nuovo
opened-file-failed = Non salvato.
opened-file-retry = Riprova
opened-share = Salva o condividi
opened-blocked = Questa app blocca il salvataggio. Apri il link nel tuo browser entro { $grace }.
opened-save-all = Salva tutto
opened-downloaded = Tutti i file sono andati nei tuoi download. Controlla che si aprano.
opened-have-all = Li ho tutti. Eliminali
opened-program = È un programma. Avvialo solo se ti fidi di chi l’ha inviato.
opened-renamed = Abbiamo cambiato questo nome perché ogni dispositivo possa salvarlo.
opened-over = Ora non puoi più salvare qui questi file. Il loro tempo è finito, oppure hai continuato in un altro browser.
opened-no-room = Sul tuo dispositivo non c’è spazio per questo file.
opened-holds = Il tuo browser deve caricare un file intero prima di poterlo salvare. Con i file grandi può non riuscirci.
opened-picture = Mostra l’immagine
opened-picture-alt = Immagine: { $name }
opened-picture-failed = Non riusciamo a mostrare questa immagine. Prova a salvarla.
opened-play = Riproduci
opened-player = Lettore: { $name }
opened-play-failed = Non riusciamo a riprodurlo. Prova a salvarlo.
opened-words = Se la persona che l’ha inviato ti chiede chi l’ha aperto, di’ queste parole: { $words }. Forse le vede anche quella persona.
opened-clear = L’ho salvato. Svuota la pagina
opened-done-title = Tutto fatto
opened-done = Non resta niente su { $site } né su questa pagina.
opened-done-until = Su questa pagina non resta niente. { $site } elimina la sua copia entro { $date }.
opened-back = Invia qualcosa in risposta
