sending-title = Op slot doen en versturen
sending-tab = { $n }% – Versturen
sending-progress = { $n }%. { $done } van { $all }.
sending-percent = { $n }%
sending-done = { $done } van { $all }.
sending-speed = { $done } van { $all }, { $speed } per seconde.
sending-left-seconds = { $n ->
    [one] Nog ongeveer { $n } seconde.
   *[other] Nog ongeveer { $n } seconden.
}
sending-left-minutes = { $n ->
    [one] Nog ongeveer { $n } minuut.
   *[other] Nog ongeveer { $n } minuten.
}
sending-left-hours = { $n ->
    [one] Nog ongeveer { $n } uur.
   *[other] Nog ongeveer { $n } uur.
}
sending-sent = Verstuurd.
sending-almost = Bijna klaar
sending-keep = Laat deze pagina open.
sending-stop = Stoppen
sending-again = Opnieuw proberen

sending-waiting = Wachten op het netwerk.
sending-offline = Je bent offline. We gaan verder als je weer internet hebt.
sending-halted = Het versturen is gestopt bij { $n }%. Je bestanden zijn er nog.
sending-stopped = Gestopt. We hebben verwijderd wat al was aangekomen.
sending-stopped-later = Gestopt. Wat al was aangekomen, wordt binnen een dag verwijderd.
