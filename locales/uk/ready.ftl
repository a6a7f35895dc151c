ready-title = Ваше посилання готове
ready-intro = Надішліть його одній людині
ready-once = Самі його не відкривайте. Воно відкривається один раз.
ready-link = Посилання
ready-copy = Копіювати посилання
ready-copy-note = Копіювати із запискою
ready-note-language = Мова записки
ready-share = Поділитися
ready-share-failed = Не вдалося поділитися. Скопіюйте посилання.
ready-note = Я дещо надсилаю. Це відкривається один раз, до: { $date }.
ready-by-hand = Натисніть і потримайте посилання, щоб його скопіювати.
copied = Скопійовано
ready-paste = Тепер вставте його у свій чат.
copied-link = Посилання скопійовано
copy-failed = Не вдалося скопіювати. Посилання виділено. Скопіюйте його вручну.

ready-more = Ще: коротка записка, QR-код
ready-code-label = QR-код посилання
ready-code-warning = Кожен, хто відсканує цей код, може це відкрити.

ready-apart-heading = Пароль передайте іншим шляхом
ready-apart = Посилання надішліть у чаті. Пароль скажіть телефоном.
ready-password-copy = Копіювати пароль
ready-password-show = Показати пароль
ready-password-hide = Сховати пароль
copied-password = Пароль скопійовано
copy-password-failed = Не вдалося скопіювати. Пароль виділено. Скопіюйте його вручну.

ready-opens = Відкривається
ready-opens-once = Один раз
ready-until = Видалення, якщо не відкриють
ready-password = Пароль
ready-password-yes = Є
ready-password-no = Немає

ready-status-heading = Дізнайтеся, коли це відкриють
ready-status = Сторінку статусу можете бачити лише ви. Збережіть посилання на неї.
ready-status-link = Сторінка статусу
ready-status-copy = Копіювати посилання на статус
ready-status-name = Посилання на статус
ready-again = Надіслати ще щось

already-title = Ви вже створили це посилання
already = Ми не зберігаємо копії. Якщо ви його загубили, створіть нове.
