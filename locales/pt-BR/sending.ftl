sending-title = Trancando e enviando
sending-tab = { $n }% – Enviando
sending-progress = { $n }%. { $done } de { $all }.
sending-percent = { $n }%
sending-done = { $done } de { $all }.
sending-speed = { $done } de { $all }, { $speed } por segundo.
sending-left-seconds = { $n ->
    [one] Falta cerca de { $n } segundo.
   *[other] Faltam cerca de { $n } segundos.
}
sending-left-minutes = { $n ->
    [one] Falta cerca de { $n } minuto.
   *[other] Faltam cerca de { $n } minutos.
}
sending-left-hours = { $n ->
    [one] Falta cerca de { $n } hora.
   *[other] Faltam cerca de { $n } horas.
}
sending-sent = Enviado.
sending-almost = Quase pronto
sending-keep = Deixe esta página aberta.
sending-stop = Parar
sending-again = Tentar de novo

sending-waiting = Esperando a rede.
sending-offline = Você está sem internet. Continuamos quando ela voltar.
sending-halted = O envio parou em { $n }%. Seus arquivos ainda estão aqui.
sending-stopped = Parado. Apagamos o que tinha chegado.
sending-stopped-later = Parado. O que tinha chegado é apagado em até um dia.
