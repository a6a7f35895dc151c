create-title = Отправьте одноразовую ссылку
create-intro = Напишите что-нибудь или добавьте файлы. Отправьте ссылку. Она откроется один раз, потом всё исчезнет.

create-server-locks = Не заперто в вашем браузере. Сайт { $site } запрёт это, когда получит.
create-lock-how = Как запереть это заранее
create-browser-locks = Заперто в вашем браузере. Сайт { $site } не может это прочитать.

create-needs-script-title = Включите JavaScript
create-needs-script = Чтобы отправить, нужен JavaScript: этот сайт принимает только то, что заперто в вашем браузере. Старый браузер запирать не умеет.
create-needs-https = Чтобы отправить, откройте { $address }.

create-message = Сообщение
create-message-hint = Пароль, код, записка
create-message-left = { $n ->
    [one] Остался { $n } знак
    [few] Осталось { $n } знака
    [many] Осталось { $n } знаков
   *[other] Осталось { $n } знака
}
create-message-over = { $n ->
    [one] { $n } лишний знак
    [few] { $n } лишних знака
    [many] { $n } лишних знаков
   *[other] { $n } лишнего знака
}

create-files = Файлы
create-files-hint = Не больше { $n }, вместе до { $max }.
create-files-full = Для файлов сейчас нет места. Сообщение ещё поместится.
create-files-last = Файлы выбирайте в последнюю очередь. Если что‑то пойдёт не так, их придётся выбрать снова.
create-files-choose = Добавить файлы
create-files-more = Добавить ещё файлы
create-files-drop = Или перетащите их на страницу.
create-files-veil = Отпустите, чтобы добавить
create-files-remove = Убрать
create-files-total = { $n ->
    [one] { $n } файл, { $size } из { $max }
    [few] { $n } файла, { $size } из { $max }
    [many] { $n } файлов, { $size } из { $max }
   *[other] { $n } файла, { $size } из { $max }
}
create-files-show = { $n ->
    [one] Показать ещё { $n } файл
    [few] Показать ещё { $n } файла
    [many] Показать ещё { $n } файлов
   *[other] Показать ещё { $n } файла
}
create-files-added = { $n ->
    [one] Добавлен { $n } файл
    [few] Добавлено { $n } файла
    [many] Добавлено { $n } файлов
   *[other] Добавлено { $n } файла
}
create-shared = Это прислало другое приложение или сайт. Вставить в ваше сообщение?
create-shared-add = Вставить
create-shared-drop = Не вставлять
create-files-slow = Большие файлы отправляются несколько минут. Не закрывайте эту страницу.

create-lifetime = Сколько это может ждать?
create-lifetime-hint = Если к этому времени не откроют, это будет удалено.
create-more = Пароль и точное время
create-password = Добавьте пароль (по желанию)
create-password-hint = { $n ->
    [one] Нужен хотя бы { $n } знак. Передайте пароль другим путём, например по телефону.
    [few] Нужно хотя бы { $n } знака. Передайте пароль другим путём, например по телефону.
    [many] Нужно хотя бы { $n } знаков. Передайте пароль другим путём, например по телефону.
   *[other] Нужно хотя бы { $n } знака. Передайте пароль другим путём, например по телефону.
}
create-password-make = Придумать за меня
create-password-busy = Придумываем…

create-until = Или выберите день и время (по желанию)
create-until-hint = Срок от этой минуты: { $from } – { $to }

create-button = Создать ссылку
create-ask = Попросить что‑то прислать
create-busy = Создаём ссылку…

problem-message-empty = Напишите что-нибудь или выберите файл
problem-message-long = { $n ->
    [one] Сократите сообщение на { $n } знак
    [few] Сократите сообщение на { $n } знака
    [many] Сократите сообщение на { $n } знаков
   *[other] Сократите сообщение на { $n } знака
}
problem-password-short = { $n ->
    [one] В пароле нужен хотя бы { $n } знак
    [few] В пароле нужно хотя бы { $n } знака
    [many] В пароле нужно хотя бы { $n } знаков
   *[other] В пароле нужно хотя бы { $n } знака
}
problem-password-make = Не удалось придумать пароль. Введите свой
problem-lifetime = Выберите, когда это удалить
problem-until = Выберите другое время. Срок от этой минуты: { $from } – { $to }
problem-until-part = Укажите и день, и время
problem-files-many = { $n ->
    [one] Выберите не больше { $n } файла
    [few] Выберите не больше { $n } файлов
    [many] Выберите не больше { $n } файлов
   *[other] Выберите не больше { $n } файла
}
problem-files-big = Размер ваших файлов: { $size }. Можно не больше { $max }
problem-file-big = Файл { $name } слишком большой. Можно не больше { $max }
problem-file-empty = Файл { $name } пустой. Выберите другой
problem-file-unreadable = Не удалось прочитать { $name }. Если это папка, сначала упакуйте её в ZIP
problem-file-changed = Файл { $name } изменился. Выберите его снова
