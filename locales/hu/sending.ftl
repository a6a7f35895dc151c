sending-title = Lezárás és küldés
sending-tab = { $n }% – Küldés
sending-progress = { $n }%. { $done } / { $all }.
sending-percent = { $n }%
sending-done = { $done } / { $all }.
sending-speed = { $done } / { $all }, másodpercenként { $speed }.
sending-left-seconds = { $n ->
    [one] Még körülbelül { $n } másodperc.
   *[other] Még körülbelül { $n } másodperc.
}
sending-left-minutes = { $n ->
    [one] Még körülbelül { $n } perc.
   *[other] Még körülbelül { $n } perc.
}
sending-left-hours = { $n ->
    [one] Még körülbelül { $n } óra.
   *[other] Még körülbelül { $n } óra.
}
sending-sent = Elküldve.
sending-almost = Mindjárt kész
sending-keep = Hagyd nyitva ezt az oldalt.
sending-stop = Leállítás
sending-again = Újrapróbálás

sending-waiting = Várakozás a hálózatra.
sending-offline = Nincs internetkapcsolat. Ha visszatér, folytatjuk.
sending-halted = A küldés { $n }%-nál megállt. A fájljaid még itt vannak.
sending-stopped = Leállítva. Töröltük, ami már megérkezett.
sending-stopped-later = Leállítva. Ami már megérkezett, egy napon belül törlődik.
