create-title = Надішліть одноразове посилання
create-intro = Напишіть щось або додайте файли. Надішліть посилання. Воно відкриється один раз, потім усе зникне.

create-server-locks = Не замкнено у вашому браузері. Сайт { $site } замкне це, коли отримає.
create-lock-how = Як замкнути це заздалегідь
create-browser-locks = Замкнено у вашому браузері. Сайт { $site } не може це прочитати.

create-needs-script-title = Увімкніть JavaScript
create-needs-script = Щоб надіслати, потрібен JavaScript: цей сайт приймає лише те, що замкнено у вашому браузері. Старий браузер замикати не вміє.
create-needs-https = Щоб надіслати, відкрийте { $address }.

create-message = Повідомлення
create-message-hint = Пароль, код, записка
create-message-left = { $n ->
    [one] Лишився { $n } знак
    [few] Лишилося { $n } знаки
    [many] Лишилося { $n } знаків
   *[other] Лишилося { $n } знака
}
create-message-over = { $n ->
    [one] { $n } зайвий знак
    [few] { $n } зайві знаки
    [many] { $n } зайвих знаків
   *[other] { $n } зайвого знака
}

create-files = Файли
create-files-hint = Не більше ніж { $n }, разом до { $max }.
create-files-full = Для файлів зараз немає місця. Повідомлення ще вміститься.
create-files-last = Файли вибирайте наостанок. Якщо щось піде не так, їх доведеться вибрати знову.
create-files-choose = Додати файли
create-files-more = Додати ще файли
create-files-drop = Або перетягніть їх на сторінку.
create-files-veil = Відпустіть, щоб додати
create-files-remove = Прибрати
create-files-total = { $n ->
    [one] { $n } файл, { $size } з { $max }
    [few] { $n } файли, { $size } з { $max }
    [many] { $n } файлів, { $size } з { $max }
   *[other] { $n } файлу, { $size } з { $max }
}
create-files-show = { $n ->
    [one] Показати ще { $n } файл
    [few] Показати ще { $n } файли
    [many] Показати ще { $n } файлів
   *[other] Показати ще { $n } файлу
}
create-files-added = { $n ->
    [one] Додано { $n } файл
    [few] Додано { $n } файли
    [many] Додано { $n } файлів
   *[other] Додано { $n } файлу
}
create-shared = Це надіслав інший застосунок або сайт. Вставити у ваше повідомлення?
create-shared-add = Вставити
create-shared-drop = Не вставляти
create-files-slow = Великі файли надсилаються кілька хвилин. Не закривайте цю сторінку.

create-lifetime = Як довго це може чекати?
create-lifetime-hint = Якщо до того часу ніхто не відкриє, це буде видалено.
create-more = Пароль і точний час
create-password = Додайте пароль (за бажанням)
create-password-hint = { $n ->
    [one] Щонайменше { $n } знак. Передайте пароль іншим шляхом, наприклад телефоном.
    [few] Щонайменше { $n } знаки. Передайте пароль іншим шляхом, наприклад телефоном.
    [many] Щонайменше { $n } знаків. Передайте пароль іншим шляхом, наприклад телефоном.
   *[other] Щонайменше { $n } знака. Передайте пароль іншим шляхом, наприклад телефоном.
}
create-password-make = Придумати за мене
create-password-busy = Придумуємо…

create-until = Або виберіть день і час (за бажанням)
create-until-hint = Строк від цієї хвилини: { $from } – { $to }

create-button = Створити посилання
create-ask = Попросити щось надіслати
create-busy = Створюємо посилання…

problem-message-empty = Напишіть щось або виберіть файл
problem-message-long = { $n ->
    [one] Скоротіть повідомлення на { $n } знак
    [few] Скоротіть повідомлення на { $n } знаки
    [many] Скоротіть повідомлення на { $n } знаків
   *[other] Скоротіть повідомлення на { $n } знака
}
problem-password-short = { $n ->
    [one] У паролі має бути щонайменше { $n } знак
    [few] У паролі має бути щонайменше { $n } знаки
    [many] У паролі має бути щонайменше { $n } знаків
   *[other] У паролі має бути щонайменше { $n } знака
}
problem-password-make = Не вдалося придумати пароль. Введіть свій
problem-lifetime = Виберіть, коли це видалити
problem-until = Виберіть інший час. Строк від цієї хвилини: { $from } – { $to }
problem-until-part = Вкажіть і день, і час
problem-files-many = { $n ->
    [one] Виберіть не більше ніж { $n } файл
    [few] Виберіть не більше ніж { $n } файли
    [many] Виберіть не більше ніж { $n } файлів
   *[other] Виберіть не більше ніж { $n } файлу
}
problem-files-big = Розмір ваших файлів: { $size }. Можна щонайбільше { $max }
problem-file-big = Файл { $name } завеликий. Можна щонайбільше { $max }
problem-file-empty = Файл { $name } порожній. Виберіть інший
problem-file-unreadable = Не вдалося прочитати { $name }. Якщо це папка, спершу запакуйте її в ZIP
problem-file-changed = Файл { $name } змінився. Виберіть його знову
