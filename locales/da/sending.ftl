sending-title = Låser og sender
sending-tab = { $n } % – Sender
sending-progress = { $n } %. { $done } af { $all }.
sending-percent = { $n } %
sending-done = { $done } af { $all }.
sending-speed = { $done } af { $all }, { $speed } i sekundet.
sending-left-seconds = { $n ->
    [one] Cirka { $n } sekund tilbage.
   *[other] Cirka { $n } sekunder tilbage.
}
sending-left-minutes = { $n ->
    [one] Cirka { $n } minut tilbage.
   *[other] Cirka { $n } minutter tilbage.
}
sending-left-hours = { $n ->
    [one] Cirka { $n } time tilbage.
   *[other] Cirka { $n } timer tilbage.
}
sending-sent = Sendt.
sending-almost = Næsten færdig
sending-keep = Lad siden være åben.
sending-stop = Stop
sending-again = Prøv igen

sending-waiting = Venter på nettet.
sending-offline = Du er offline. Vi fortsætter, når du er online igen.
sending-halted = Det gik i stå ved { $n } %. Dine filer er her stadig.
sending-stopped = Stoppet. Vi slettede det, der var kommet frem.
sending-stopped-later = Stoppet. Det, der var kommet frem, bliver slettet inden for et døgn.
