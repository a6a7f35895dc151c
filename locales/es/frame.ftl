language-name = Español

skip = Ir al contenido
title = { $title } – { $site }
title-problem = Problema: { $title } – { $site }

footer-about = Cómo funciona
footer-ask = Pedir algo
footer-report = Denunciar un enlace peligroso

language = Idioma:
language-wrong = ¿Hay una palabra mal?

preview-title = Algo para ti. Se abre una sola vez.
preview-text = Ábrelo en { $host } cuando quieras. ¿Tienes dudas? Pregunta a quien lo envía.
preview-ask-text = Responde en { $host } cuando quieras. ¿Tienes dudas? Pregunta antes a quien lo pide.
preview-picture = Un sobre cerrado

problems-heading = Corrige esto para seguir
problem-mark = Problema:
home-link = Ir a { $site }

unreachable = No pudimos conectar con { $site }. Puedes intentarlo otra vez sin riesgo.

stale-page = Esta página es de antes de una actualización.
stale-again = Cargarla otra vez

show = Mostrar
hide = Ocultar
