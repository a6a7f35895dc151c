language-name = Українська

skip = До вмісту сторінки
title = { $title } – { $site }
title-problem = Проблема: { $title } – { $site }

footer-about = Як це працює
footer-ask = Попросити щось надіслати
footer-report = Поскаржитися на посилання

language = Мова:
language-wrong = Якесь слово неправильне?

preview-title = Дещо для вас. Відкривається один раз.
preview-text = Відкрийте на { $host }, коли буде зручно. Маєте сумнів? Запитайте людину, яка це надіслала.
preview-ask-text = Дайте відповідь на { $host }, коли буде зручно. Маєте сумнів? Запитайте людину, яка надіслала вам посилання.
preview-picture = Закритий конверт

problems-heading = Виправте це, щоб продовжити
problem-mark = Проблема:
home-link = На сайт { $site }

unreachable = Не вдалося з’єднатися з сайтом { $site }. Можна спокійно спробувати ще раз.

stale-page = Після оновлення сайту ця сторінка застаріла.
stale-again = Завантажити знову

show = Показати
hide = Сховати
