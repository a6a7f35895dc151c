sending-title = Zamykamy na klucz i wysyłamy
sending-tab = { $n }% – Wysyłamy
sending-progress = { $n }%. { $done } z { $all }.
sending-percent = { $n }%
sending-done = { $done } z { $all }.
sending-speed = { $done } z { $all }, { $speed } na sekundę.
sending-left-seconds = { $n ->
    [one] Zostało około { $n } sekundy.
    [few] Zostało około { $n } sekund.
    [many] Zostało około { $n } sekund.
   *[other] Zostało około { $n } sekundy.
}
sending-left-minutes = { $n ->
    [one] Zostało około { $n } minuty.
    [few] Zostało około { $n } minut.
    [many] Zostało około { $n } minut.
   *[other] Zostało około { $n } minuty.
}
sending-left-hours = { $n ->
    [one] Zostało około { $n } godziny.
    [few] Zostało około { $n } godzin.
    [many] Zostało około { $n } godzin.
   *[other] Zostało około { $n } godziny.
}
sending-sent = Wysłano.
sending-almost = Prawie gotowe
sending-keep = Nie zamykaj tej strony.
sending-stop = Zatrzymaj
sending-again = Spróbuj ponownie

sending-waiting = Czekamy na sieć.
sending-offline = Brak internetu. Ruszymy dalej, gdy wróci.
sending-halted = Wysyłanie zatrzymało się na { $n }%. Twoje pliki wciąż tu są.
sending-stopped = Zatrzymano. Usunęliśmy to, co już dotarło.
sending-stopped-later = Zatrzymano. To, co już dotarło, zostanie usunięte w ciągu doby.
