sending-title = Låser og sender
sending-tab = { $n } % – Sender
sending-progress = { $n } %. { $done } av { $all }.
sending-percent = { $n } %
sending-done = { $done } av { $all }.
sending-speed = { $done } av { $all }, { $speed } i sekundet.
sending-left-seconds = { $n ->
    [one] Omtrent { $n } sekund igjen.
   *[other] Omtrent { $n } sekunder igjen.
}
sending-left-minutes = { $n ->
    [one] Omtrent { $n } minutt igjen.
   *[other] Omtrent { $n } minutter igjen.
}
sending-left-hours = { $n ->
    [one] Omtrent { $n } time igjen.
   *[other] Omtrent { $n } timer igjen.
}
sending-sent = Sendt.
sending-almost = Nesten ferdig
sending-keep = La denne siden stå åpen.
sending-stop = Stopp
sending-again = Prøv igjen

sending-waiting = Venter på nettet.
sending-offline = Du er uten nett. Vi fortsetter når du er tilbake.
sending-halted = Sendingen stoppet på { $n } %. Filene dine er fortsatt her.
sending-stopped = Stoppet. Vi slettet det som hadde kommet fram.
sending-stopped-later = Stoppet. Det som hadde kommet fram, blir slettet innen et døgn.
