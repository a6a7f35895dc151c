ready-title = Ваша ссылка готова
ready-intro = Отправьте её одному человеку
ready-once = Сами её не открывайте. Она открывается один раз.
ready-link = Ссылка
ready-copy = Скопировать ссылку
ready-copy-note = Скопировать с запиской
ready-note-language = Язык записки
ready-share = Поделиться
ready-share-failed = Не удалось поделиться. Скопируйте ссылку.
ready-note = Я кое-что отправляю. Это открывается один раз, до: { $date }.
ready-by-hand = Нажмите и подержите ссылку, чтобы её скопировать.
copied = Скопировано
ready-paste = Теперь вставьте её в свой чат.
copied-link = Ссылка скопирована
copy-failed = Не удалось скопировать. Ссылка выделена. Скопируйте её вручную.

ready-more = Ещё: короткая записка, QR-код
ready-code-label = QR-код ссылки
ready-code-warning = Любой, кто отсканирует этот код, может это открыть.

ready-apart-heading = Пароль передайте другим путём
ready-apart = Ссылку отправьте в чате. Пароль скажите по телефону.
ready-password-copy = Скопировать пароль
ready-password-show = Показать пароль
ready-password-hide = Скрыть пароль
copied-password = Пароль скопирован
copy-password-failed = Не удалось скопировать. Пароль выделен. Скопируйте его вручную.

ready-opens = Открывается
ready-opens-once = Один раз
ready-until = Удаление, если не откроют
ready-password = Пароль
ready-password-yes = Есть
ready-password-no = Нет

ready-status-heading = Узнайте, когда это откроют
ready-status = Страницу статуса можете видеть только вы. Сохраните ссылку на неё.
ready-status-link = Страница статуса
ready-status-copy = Скопировать ссылку на статус
ready-status-name = Ссылка на статус
ready-again = Отправить что‑то ещё

already-title = Вы уже создали эту ссылку
already = Мы не храним копии. Если вы потеряли ссылку, создайте новую.
