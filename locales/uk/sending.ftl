sending-title = Замикаємо і надсилаємо
sending-tab = { $n }% – Надсилаємо
sending-progress = { $n }%. { $done } з { $all }.
sending-percent = { $n }%
sending-done = { $done } з { $all }.
sending-speed = { $done } з { $all }, { $speed } за секунду.
sending-left-seconds = { $n ->
    [one] Лишилася приблизно { $n } секунда.
    [few] Лишилося приблизно { $n } секунди.
    [many] Лишилося приблизно { $n } секунд.
   *[other] Лишилося приблизно { $n } секунди.
}
sending-left-minutes = { $n ->
    [one] Лишилася приблизно { $n } хвилина.
    [few] Лишилося приблизно { $n } хвилини.
    [many] Лишилося приблизно { $n } хвилин.
   *[other] Лишилося приблизно { $n } хвилини.
}
sending-left-hours = { $n ->
    [one] Лишилася приблизно { $n } година.
    [few] Лишилося приблизно { $n } години.
    [many] Лишилося приблизно { $n } годин.
   *[other] Лишилося приблизно { $n } години.
}
sending-sent = Надіслано.
sending-almost = Майже готово
sending-keep = Не закривайте цю сторінку.
sending-stop = Зупинити
sending-again = Спробувати ще раз

sending-waiting = Чекаємо на мережу.
sending-offline = Немає інтернету. Продовжимо, коли він повернеться.
sending-halted = Надсилання зупинилося на { $n }%. Ваші файли ще тут.
sending-stopped = Зупинено. Ми видалили те, що надійшло.
sending-stopped-later = Зупинено. Те, що надійшло, буде видалено протягом доби.
