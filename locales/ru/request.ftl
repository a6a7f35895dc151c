request-title = Попросите что‑то прислать
request-intro = Создайте ссылку. Через неё другой человек пришлёт вам сообщение или файлы.
request-intro-only = Открыть их можете только вы.
request-server-locks = Ваш браузер этого не запрёт. Сайт { $site } запрёт это, когда получит, и не сохранит ключа.
request-needs-script = Этот сайт принимает только то, что заперто в вашем браузере.
request-note = Что вам нужно? (по желанию)
request-note-hint = Это может прочитать любой, у кого есть ссылка
request-answers = Сколько ответов вам нужно?
request-count = { $n ->
    [one] { $n } ответ
    [few] { $n } ответа
    [many] { $n } ответов
   *[other] { $n } ответа
}
request-lifetime = Сколько будет работать ссылка
request-button = Создать запрос
request-busy = Создаём ссылки…
request-preview = Что увидит другой человек
problem-note-long = Сократите текст

request-ready-title = У вас две ссылки
request-ready-send = Эту отправьте
request-ready-send-name = Ссылка для отправки
request-ready-until = Она принимает ответы до: { $date }.
request-ready-keep = Эту сохраните
request-ready-keep-name = Ваша личная ссылка
request-ready-why = Ответ откроет только эта ссылка. Мы не сможем восстановить ссылку.
request-ready-both = Сохраните обе ссылки, прежде чем уйти.
request-note-shared = Прошу прислать мне это по этой ссылке. Она работает до: { $date }.
request-code = QR-код
request-code-warning = Любой, кто отсканирует этот код, может вам ответить.
request-keep-copy = Скопировать личную ссылку
request-keep-share = Отправить себе
request-keep-shared = Моя личная ссылка. Она открывает то, что мне присылают. Никому не передавать.
request-keep-print = Распечатать
request-keep-done = Храните её там, куда заглядываете только вы.
request-keep-code = QR-код вашей личной ссылки
request-keep-code-warning = Любой, кто отсканирует этот код, может открыть присланные вам ответы.

collect-heading = Вы уже просили?
collect-link = Вставьте свою личную ссылку
collect-button = Посмотреть, что пришло
collect-none-title = Пока ничего не пришло
collect-never-title = Ничего не пришло
collect-title = { $n ->
    [one] Пришёл { $n } ответ
    [few] Пришло { $n } ответа
    [many] Пришло { $n } ответов
   *[other] Пришло { $n } ответа
}
collect-open = Ссылка принимает ответы до: { $date }.
collect-full = Пришли все ответы. Ссылка закрыта.
collect-expired = Время вышло. Ссылка закрыта.
collect-deleted = Вы закрыли ссылку.
collect-removed = Сайт это убрал. Кто‑то пожаловался.
collect-answer = Ответ { $n }
collect-came = Пришёл: { $date }.
collect-once = Каждый открывается один раз. Потом он удаляется.
collect-changed = Это изменили по дороге. Попросите ещё раз.
collect-message = Сообщение.
collect-files = Файлы, примерно { $size }.
collect-unsaved = Открыто. Продолжить можно до: { $date }.
collect-opened = Открыто: { $date }.
collect-gone = Его уже нет. Попросите ещё раз.
collect-asked = Вы просили:
collect-again = Попросить ещё раз
collect-end = Закрыть ссылку
collect-end-title = Закрыть ссылку?
collect-end-text = Больше ничего не придёт. То, что пришло, останется здесь.
collect-end-yes = Закрыть
collect-end-busy = Закрываем…
collect-end-no = Не закрывать

problem-link-is-to-send = Это ссылка для отправки. Вставьте свою личную ссылку.
problem-link-is-of-share = Это ссылка другого вида.
