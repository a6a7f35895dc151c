sending-title = Lukitaan ja lähetetään
sending-tab = { $n } % – Lähetetään
sending-progress = { $n } %. { $done } / { $all }.
sending-percent = { $n } %
sending-done = { $done } / { $all }.
sending-speed = { $done } / { $all }, { $speed } sekunnissa.
sending-left-seconds = { $n ->
    [one] Noin { $n } sekunti jäljellä.
   *[other] Noin { $n } sekuntia jäljellä.
}
sending-left-minutes = { $n ->
    [one] Noin { $n } minuutti jäljellä.
   *[other] Noin { $n } minuuttia jäljellä.
}
sending-left-hours = { $n ->
    [one] Noin { $n } tunti jäljellä.
   *[other] Noin { $n } tuntia jäljellä.
}
sending-sent = Lähetetty.
sending-almost = Melkein valmista
sending-keep = Pidä tämä sivu auki.
sending-stop = Lopeta
sending-again = Yritä uudelleen

sending-waiting = Odotetaan verkkoa.
sending-offline = Et ole verkossa. Jatkamme, kun yhteys palaa.
sending-halted = Lähetys pysähtyi kohtaan { $n } %. Tiedostosi ovat vielä tässä.
sending-stopped = Lopetettu. Poistimme sen, mikä oli ehtinyt perille.
sending-stopped-later = Lopetettu. Se, mikä oli ehtinyt perille, poistetaan vuorokauden kuluessa.
