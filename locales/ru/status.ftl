status-title = Узнать, открыли ли это
status-link = Вставьте свою ссылку на статус
status-check = Проверить

status-waiting-title = Ещё не открыто
status-waiting = Будет удалено: { $date }.
status-wrong-passwords = { $n ->
    [one] Пока что { $n } неверный пароль.
    [few] Пока что { $n } неверных пароля.
    [many] Пока что { $n } неверных паролей.
   *[other] Пока что { $n } неверного пароля.
}
status-opened-title = Открыто и удалено
status-opened = Открыто: { $date }.
status-reading-title = Открыто
status-reading = Тот, кто это открыл, может прочитать это снова до: { $date }. Потом это будет удалено.
status-unsaved-title = Открыто, файлы ещё здесь
status-unsaved = Тот, кто это открыл, может сохранить файлы до: { $date }.
status-words = Тот, кто это открыл, видит эти слова: { $words }. Позвоните тому, кому вы это отправили, и спросите.
status-expired-title = Время вышло
status-expired = Никто этого не открыл. Это удалено.
status-deleted-title = Вы это удалили
status-deleted = Удалено: { $date }. Никто этого не открыл.

status-removed-title = Сайт это убрал
status-removed = Убрано: { $date }. Никто этого не открыл. Кто‑то пожаловался.
status-moved = Тот, кто это открыл, перешёл в другой браузер: { $date }.
status-lost = Этот сайт потерял часть файлов. Пожалуйста, отправьте их ещё раз.

status-step-made = Ссылка создана
status-step-opened = Открыто
status-step-unopened = Не открыто
status-step-deleted = Удалено
status-nothing-left = На сайте { $site } ничего не осталось.
status-not-them = Это был не тот человек? Смените пароль или код, который вы отправили.

status-updates = Эта страница обновляется сама.
status-private = Эта страница только для вас. Ссылка на неё работает до: { $date }.
status-checked = Проверено: { $date }.
status-again = Проверить ещё раз
status-busy = Проверяем…

status-delete = Удалить сейчас
status-delete-title = Удалить сейчас?
status-delete-text = Ссылка перестанет работать. Отменить это нельзя.
status-delete-yes = Удалить
status-delete-busy = Удаляем…
status-delete-no = Оставить
status-other-link = Это ссылка для отправки. Вставьте свою ссылку на статус.
