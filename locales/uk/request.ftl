request-title = Попросіть щось надіслати
request-intro = Створіть посилання. Через нього інша людина надішле вам повідомлення або файли.
request-intro-only = Відкрити їх можете лише ви.
request-server-locks = Ваш браузер цього не замкне. Сайт { $site } замкне це, коли отримає, і не збереже ключа.
request-needs-script = Цей сайт приймає лише те, що замкнено у вашому браузері.
request-note = Що вам потрібно? (за бажанням)
request-note-hint = Це може прочитати кожен, хто має посилання
request-answers = Скільки відповідей вам потрібно?
request-count = { $n ->
    [one] { $n } відповідь
    [few] { $n } відповіді
    [many] { $n } відповідей
   *[other] { $n } відповіді
}
request-lifetime = Скільки працюватиме посилання
request-button = Створити запит
request-busy = Створюємо посилання…
request-preview = Що побачить інша людина
problem-note-long = Скоротіть текст

request-ready-title = У вас два посилання
request-ready-send = Це надішліть
request-ready-send-name = Посилання для надсилання
request-ready-until = Воно приймає відповіді до: { $date }.
request-ready-keep = Це збережіть
request-ready-keep-name = Ваше приватне посилання
request-ready-why = Відповідь можна відкрити лише за цим посиланням. Ми не зможемо відновити посилання.
request-ready-both = Збережіть обидва посилання, перш ніж піти.
request-note-shared = Прошу надіслати мені це за цим посиланням. Воно працює до: { $date }.
request-code = QR-код
request-code-warning = Кожен, хто відсканує цей код, може вам відповісти.
request-keep-copy = Копіювати приватне посилання
request-keep-share = Надіслати собі
request-keep-shared = Моє приватне посилання. Воно відкриває те, що мені надсилають. Нікому не передавати.
request-keep-print = Надрукувати
request-keep-done = Тримайте його там, куди заглядаєте лише ви.
request-keep-code = QR-код приватного посилання
request-keep-code-warning = Кожен, хто відсканує цей код, може відкрити надіслані вам відповіді.

collect-heading = Ви вже щось просили?
collect-link = Вставте своє приватне посилання
collect-button = Подивитися, що надійшло
collect-none-title = Ще нічого не надійшло
collect-never-title = Нічого не надійшло
collect-title = { $n ->
    [one] Надійшла { $n } відповідь
    [few] Надійшли { $n } відповіді
    [many] Надійшло { $n } відповідей
   *[other] Надійшло { $n } відповіді
}
collect-open = Посилання приймає відповіді до: { $date }.
collect-full = Надійшли всі відповіді. Посилання закрито.
collect-expired = Час минув. Посилання закрито.
collect-deleted = Ви закрили посилання.
collect-removed = Сайт це прибрав. Хтось поскаржився.
collect-answer = Відповідь { $n }
collect-came = Надійшла: { $date }.
collect-once = Кожна відкривається один раз. Потім її буде видалено.
collect-changed = Дорогою це було змінено. Попросіть ще раз.
collect-message = Повідомлення.
collect-files = Файли, приблизно { $size }.
collect-unsaved = Відкрито. Продовжити можна до: { $date }.
collect-opened = Відкрито: { $date }.
collect-gone = Її вже немає. Попросіть ще раз.
collect-asked = Ви просили:
collect-again = Попросити ще раз
collect-end = Закрити посилання
collect-end-title = Закрити посилання?
collect-end-text = Більше нічого не надійде. Те, що надійшло, лишиться тут.
collect-end-yes = Закрити
collect-end-busy = Закриваємо…
collect-end-no = Не закривати

problem-link-is-to-send = Це посилання для надсилання. Вставте своє приватне посилання.
problem-link-is-of-share = Це посилання іншого виду.
