status-title = Дізнатися, чи це відкрили
status-link = Вставте своє посилання на статус
status-check = Перевірити

status-waiting-title = Ще не відкрито
status-waiting = Буде видалено: { $date }.
status-wrong-passwords = { $n ->
    [one] Поки що { $n } неправильний пароль.
    [few] Поки що { $n } неправильні паролі.
    [many] Поки що { $n } неправильних паролів.
   *[other] Поки що { $n } неправильного пароля.
}
status-opened-title = Відкрито й видалено
status-opened = Відкрито: { $date }.
status-reading-title = Відкрито
status-reading = Хто це відкрив, може прочитати це знову до: { $date }. Потім це буде видалено.
status-unsaved-title = Відкрито, файли ще є
status-unsaved = Хто це відкрив, може зберегти файли до: { $date }.
status-words = Хто це відкрив, бачить ці слова: { $words }. Зателефонуйте людині, якій ви це надіслали, і запитайте.
status-expired-title = Час минув
status-expired = Ніхто цього не відкрив. Це видалено.
status-deleted-title = Ви це видалили
status-deleted = Видалено: { $date }. Ніхто цього не відкрив.

status-removed-title = Сайт це прибрав
status-removed = Прибрано: { $date }. Ніхто цього не відкрив. Хтось поскаржився.
status-moved = Хто це відкрив, перейшов до іншого браузера: { $date }.
status-lost = Цей сайт втратив частину файлів. Надішліть їх, будь ласка, ще раз.

status-step-made = Посилання створено
status-step-opened = Відкрито
status-step-unopened = Не відкрито
status-step-deleted = Видалено
status-nothing-left = На сайті { $site } нічого не лишилося.
status-not-them = Це була не та людина? Змініть пароль чи код, який ви надіслали.

status-updates = Ця сторінка оновлюється сама.
status-private = Ця сторінка лише для вас. Посилання на неї працює до: { $date }.
status-checked = Перевірено: { $date }.
status-again = Перевірити знову
status-busy = Перевіряємо…

status-delete = Видалити зараз
status-delete-title = Видалити зараз?
status-delete-text = Посилання перестане працювати. Скасувати це не можна.
status-delete-yes = Видалити
status-delete-busy = Видаляємо…
status-delete-no = Залишити
status-other-link = Це посилання для надсилання. Вставте своє посилання на статус.
