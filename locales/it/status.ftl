status-title = Vedi se è stato aperto
status-link = Incolla il tuo link di controllo
status-check = Controlla

status-waiting-title = Non ancora aperto
status-waiting = Sarà eliminato { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } password sbagliata finora.
   *[other] { $n } password sbagliate finora.
}
status-opened-title = Aperto ed eliminato
status-opened = Aperto { $date }.
status-reading-title = Aperto
status-reading = Chi l’ha aperto può rileggerlo fino a { $date }. Poi viene eliminato.
status-unsaved-title = Aperto, i file ci sono ancora
status-unsaved = Chi l’ha aperto può salvare i file fino a { $date }.
status-words = Chi l’ha aperto vede queste parole: { $words }. Chiama la persona a cui l’hai inviato e chiedi quali parole vede.
status-expired-title = Il tempo è finito
status-expired = Nessuno l’ha aperto. È stato eliminato.
status-deleted-title = L’hai eliminato tu
status-deleted = È successo { $date }. Nessuno l’ha aperto.

status-removed-title = Il sito l’ha rimosso
status-removed = È successo { $date }. Nessuno l’ha aperto. Qualcuno l’ha segnalato.
status-moved = Chi l’ha aperto ha continuato in un altro browser { $date }.
status-lost = Questo sito ha perso una parte dei file. Per favore, inviali di nuovo.

status-step-made = Link creato
status-step-opened = Aperto
status-step-unopened = Non aperto
status-step-deleted = Eliminato
status-nothing-left = Non resta niente su { $site }.
status-not-them = Non era la persona giusta? Cambia la password o il codice che hai inviato.

status-updates = Questa pagina si aggiorna da sola.
status-private = Questa pagina è solo per te. Il suo link funziona fino a { $date }.
status-checked = Ultimo controllo: { $date }.
status-again = Controlla di nuovo
status-busy = Controllo…

status-delete = Elimina ora
status-delete-title = Eliminare ora?
status-delete-text = Il link smette di funzionare. Non potrai tornare indietro.
status-delete-yes = Elimina
status-delete-busy = Eliminazione…
status-delete-no = Tienilo
status-other-link = Questo è il link da inviare. Incolla il tuo link di controllo.
