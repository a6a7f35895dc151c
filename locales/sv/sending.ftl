sending-title = Låser och skickar
sending-tab = { $n } % – Skickar
sending-progress = { $n } %. { $done } av { $all }.
sending-percent = { $n } %
sending-done = { $done } av { $all }.
sending-speed = { $done } av { $all }, { $speed } per sekund.
sending-left-seconds = { $n ->
    [one] Ungefär { $n } sekund kvar.
   *[other] Ungefär { $n } sekunder kvar.
}
sending-left-minutes = { $n ->
    [one] Ungefär { $n } minut kvar.
   *[other] Ungefär { $n } minuter kvar.
}
sending-left-hours = { $n ->
    [one] Ungefär { $n } timme kvar.
   *[other] Ungefär { $n } timmar kvar.
}
sending-sent = Skickad.
sending-almost = Nästan klart
sending-keep = Låt den här sidan vara öppen.
sending-stop = Avbryt
sending-again = Försök igen

sending-waiting = Väntar på nätet.
sending-offline = Du har inget internet. Vi fortsätter när det är tillbaka.
sending-halted = Det stannade vid { $n } %. Dina filer är kvar här.
sending-stopped = Avbrutet. Vi raderade det som hade kommit fram.
sending-stopped-later = Avbrutet. Det som hade kommit fram raderas inom ett dygn.
