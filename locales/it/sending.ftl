sending-title = Chiusura a chiave e invio
sending-tab = { $n }% – Invio
sending-progress = { $n }%. { $done } su { $all }.
sending-percent = { $n }%
sending-done = { $done } su { $all }.
sending-speed = { $done } su { $all }, { $speed } al secondo.
sending-left-seconds = { $n ->
    [one] Manca circa { $n } secondo.
   *[other] Mancano circa { $n } secondi.
}
sending-left-minutes = { $n ->
    [one] Manca circa { $n } minuto.
   *[other] Mancano circa { $n } minuti.
}
sending-left-hours = { $n ->
    [one] Manca circa { $n } ora.
   *[other] Mancano circa { $n } ore.
}
sending-sent = Inviato.
sending-almost = Quasi finito
sending-keep = Tieni aperta questa pagina.
sending-stop = Interrompi
sending-again = Riprova

sending-waiting = In attesa della rete.
sending-offline = Non sei in rete. Continuiamo quando torna la connessione.
sending-halted = L’invio si è fermato al { $n }%. I tuoi file sono ancora qui.
sending-stopped = Interrotto. Abbiamo eliminato ciò che era arrivato.
sending-stopped-later = Interrotto. Ciò che era arrivato viene eliminato entro un giorno.
