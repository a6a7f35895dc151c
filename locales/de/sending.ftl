sending-title = Wird verschlossen und gesendet
sending-tab = { $n } % – Senden
sending-progress = { $n } %. { $done } von { $all }.
sending-percent = { $n } %
sending-done = { $done } von { $all }.
sending-speed = { $done } von { $all }, { $speed } pro Sekunde.
sending-left-seconds = { $n ->
    [one] Noch etwa { $n } Sekunde.
   *[other] Noch etwa { $n } Sekunden.
}
sending-left-minutes = { $n ->
    [one] Noch etwa { $n } Minute.
   *[other] Noch etwa { $n } Minuten.
}
sending-left-hours = { $n ->
    [one] Noch etwa { $n } Stunde.
   *[other] Noch etwa { $n } Stunden.
}
sending-sent = Gesendet.
sending-almost = Gleich fertig
sending-keep = Diese Seite offen lassen.
sending-stop = Abbrechen
sending-again = Noch einmal versuchen

sending-waiting = Warten auf das Netz.
sending-offline = Kein Internet. Es geht weiter, sobald es wieder da ist.
sending-halted = Das Senden ist bei { $n } % stehen geblieben. Die Dateien sind noch hier.
sending-stopped = Abgebrochen. Was angekommen war, haben wir gelöscht.
sending-stopped-later = Abgebrochen. Was angekommen war, wird innerhalb eines Tages gelöscht.
