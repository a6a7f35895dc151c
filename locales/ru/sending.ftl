sending-title = Запираем и отправляем
sending-tab = { $n } % – Отправляем
sending-progress = { $n } %. { $done } из { $all }.
sending-percent = { $n } %
sending-done = { $done } из { $all }.
sending-speed = { $done } из { $all }, { $speed } в секунду.
sending-left-seconds = { $n ->
    [one] Осталась примерно { $n } секунда.
    [few] Осталось примерно { $n } секунды.
    [many] Осталось примерно { $n } секунд.
   *[other] Осталось примерно { $n } секунды.
}
sending-left-minutes = { $n ->
    [one] Осталась примерно { $n } минута.
    [few] Осталось примерно { $n } минуты.
    [many] Осталось примерно { $n } минут.
   *[other] Осталось примерно { $n } минуты.
}
sending-left-hours = { $n ->
    [one] Остался примерно { $n } час.
    [few] Осталось примерно { $n } часа.
    [many] Осталось примерно { $n } часов.
   *[other] Осталось примерно { $n } часа.
}
sending-sent = Отправлено.
sending-almost = Почти готово
sending-keep = Не закрывайте эту страницу.
sending-stop = Остановить
sending-again = Попробовать ещё раз

sending-waiting = Ждём сеть.
sending-offline = Нет интернета. Продолжим, когда он вернётся.
sending-halted = Отправка остановилась на { $n } %. Ваши файлы всё ещё здесь.
sending-stopped = Остановлено. Мы удалили то, что успело прийти.
sending-stopped-later = Остановлено. То, что успело прийти, будет удалено в течение суток.
