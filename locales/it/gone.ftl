gone-title = Questo link non funziona
gone = È stato aperto, il suo tempo è finito oppure chi l’ha inviato l’ha eliminato. O manca una parte del link. Non possiamo dirti quale di queste cose è successa.
gone-opened-title = È già stato aperto
gone-opened = È successo { $date }. Non eri tu? Avvisa subito chi l’ha inviato, così può cambiare la password o il codice che ha inviato.
gone-expired-title = Il tempo è finito
gone-expired = Nessuno l’ha aperto.
gone-deleted-title = Eliminato da chi l’ha inviato
gone-deleted = Nessuno l’ha aperto.
gone-removed-title = Il sito l’ha rimosso
gone-removed = Nessuno l’ha aperto. Qualcuno l’ha segnalato.

gone-do-heading = Che cosa puoi fare
gone-do-ask = Chiedi un nuovo link a chi te l’ha inviato.
gone-do-tell = Se non l’hai mai aperto, avvisa quella persona. Forse l’ha aperto qualcun altro.
gone-do-report = Era una truffa o una minaccia? Avvisaci e inviaci il link: { $contact }
