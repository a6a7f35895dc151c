sending-title = Cerrando con llave y enviando
sending-tab = { $n } % – Enviando
sending-progress = { $n } %. { $done } de { $all }.
sending-percent = { $n } %
sending-done = { $done } de { $all }.
sending-speed = { $done } de { $all }, { $speed } por segundo.
sending-left-seconds = { $n ->
    [one] Queda { $n } segundo más o menos.
   *[other] Quedan unos { $n } segundos.
}
sending-left-minutes = { $n ->
    [one] Queda { $n } minuto más o menos.
   *[other] Quedan unos { $n } minutos.
}
sending-left-hours = { $n ->
    [one] Queda { $n } hora más o menos.
   *[other] Quedan unas { $n } horas.
}
sending-sent = Enviado.
sending-almost = Ya casi está
sending-keep = Deja esta página abierta.
sending-stop = Parar
sending-again = Reintentar

sending-waiting = Esperando la red.
sending-offline = No tienes conexión. Seguimos cuando vuelva.
sending-halted = El envío se detuvo en el { $n } %. Tus archivos siguen aquí.
sending-stopped = Detenido. Eliminamos lo que había llegado.
sending-stopped-later = Detenido. Lo que había llegado se elimina en menos de un día.
