# Upload progress, shown by scripts.

sending-title = Locking and sending
# Document title.
sending-tab = { $n }% – Sending
sending-progress = { $n }%. { $done } of { $all }.
# Inside the ring.
sending-percent = { $n }%
# Below it, without and with the speed.
sending-done = { $done } of { $all }.
sending-speed = { $done } of { $all }, { $speed } a second.
sending-left-seconds = { $n ->
    [one] About { $n } second left.
   *[other] About { $n } seconds left.
}
sending-left-minutes = { $n ->
    [one] About { $n } minute left.
   *[other] About { $n } minutes left.
}
sending-left-hours = { $n ->
    [one] About { $n } hour left.
   *[other] About { $n } hours left.
}
# Before the size of a file.
sending-sent = Sent.
sending-almost = Almost done
sending-keep = Keep this page open.
sending-stop = Stop
sending-again = Try again

sending-waiting = Waiting for the network.
sending-offline = You are offline. We go on when you are back.
sending-halted = Sending stopped at { $n }%. Your files are still here.
sending-stopped = Stopped. We deleted what had arrived.
sending-stopped-later = Stopped. What had arrived is deleted within a day.
