sending-title = Zamykáme a odesíláme
sending-tab = { $n } % – Odesíláme
sending-progress = { $n } %. { $done } z { $all }.
sending-percent = { $n } %
sending-done = { $done } z { $all }.
sending-speed = { $done } z { $all }, { $speed } za sekundu.
sending-left-seconds = { $n ->
    [one] Zbývá asi { $n } sekunda.
    [few] Zbývají asi { $n } sekundy.
    [many] Zbývá asi { $n } sekundy.
   *[other] Zbývá asi { $n } sekund.
}
sending-left-minutes = { $n ->
    [one] Zbývá asi { $n } minuta.
    [few] Zbývají asi { $n } minuty.
    [many] Zbývá asi { $n } minuty.
   *[other] Zbývá asi { $n } minut.
}
sending-left-hours = { $n ->
    [one] Zbývá asi { $n } hodina.
    [few] Zbývají asi { $n } hodiny.
    [many] Zbývá asi { $n } hodiny.
   *[other] Zbývá asi { $n } hodin.
}
sending-sent = Odesláno.
sending-almost = Skoro hotovo
sending-keep = Nechte tuto stránku otevřenou.
sending-stop = Zastavit
sending-again = Zkusit znovu

sending-waiting = Čekáme na síť.
sending-offline = Jste bez internetu. Až se připojíte, budeme pokračovat.
sending-halted = Odesílání se zastavilo na { $n } %. Vaše soubory tu stále jsou.
sending-stopped = Zastaveno. Co už dorazilo, jsme smazali.
sending-stopped-later = Zastaveno. Co už dorazilo, se do jednoho dne smaže.
