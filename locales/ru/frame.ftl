language-name = Русский

skip = К содержанию страницы
title = { $title } – { $site }
title-problem = Проблема: { $title } – { $site }

footer-about = Как это работает
footer-ask = Попросить что‑то прислать
footer-report = Пожаловаться на ссылку

language = Язык:
language-wrong = Какое‑то слово неверно?

preview-title = Кое-что для вас. Открывается один раз.
preview-text = Откройте на { $host }, когда будет удобно. Сомневаетесь? Спросите того, кто это прислал.
preview-ask-text = Ответьте на { $host }, когда будет удобно. Сомневаетесь? Спросите того, кто прислал вам ссылку.
preview-picture = Закрытый конверт

problems-heading = Исправьте это, чтобы продолжить
problem-mark = Проблема:
home-link = На сайт { $site }

unreachable = Не удалось связаться с сайтом { $site }. Можно спокойно попробовать ещё раз.

stale-page = После обновления сайта эта страница устарела.
stale-again = Загрузить снова

show = Показать
hide = Скрыть
