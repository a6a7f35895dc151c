sending-title = Kilitleniyor ve gönderiliyor
sending-tab = %{ $n } – Gönderiliyor
sending-progress = %{ $n }. { $done } / { $all }.
sending-percent = %{ $n }
sending-done = { $done } / { $all }.
sending-speed = { $done } / { $all }, saniyede { $speed }.
sending-left-seconds = { $n ->
    [one] Yaklaşık { $n } saniye kaldı.
   *[other] Yaklaşık { $n } saniye kaldı.
}
sending-left-minutes = { $n ->
    [one] Yaklaşık { $n } dakika kaldı.
   *[other] Yaklaşık { $n } dakika kaldı.
}
sending-left-hours = { $n ->
    [one] Yaklaşık { $n } saat kaldı.
   *[other] Yaklaşık { $n } saat kaldı.
}
sending-sent = Gönderildi.
sending-almost = Neredeyse bitti
sending-keep = Bu sayfayı açık tutun.
sending-stop = Durdur
sending-again = Yeniden dene

sending-waiting = Ağ bekleniyor.
sending-offline = İnternete bağlı değilsiniz. İnternet gelince devam ederiz.
sending-halted = Gönderme %{ $n } noktasında durdu. Dosyalarınız hâlâ burada.
sending-stopped = Durduruldu. Ulaşmış olanları sildik.
sending-stopped-later = Durduruldu. Ulaşmış olanlar bir gün içinde silinir.
