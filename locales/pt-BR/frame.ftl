language-name = Português (Brasil)

skip = Ir para o conteúdo
title = { $title } – { $site }
title-problem = Problema: { $title } – { $site }

footer-about = Como funciona
footer-ask = Pedir algo
footer-report = Denunciar um link perigoso

language = Idioma:
language-wrong = Alguma palavra está errada?

preview-title = Algo para você. Só abre uma vez.
preview-text = Abra em { $host } quando quiser. Em dúvida? Pergunte a quem enviou.
preview-ask-text = Responda em { $host } quando quiser. Em dúvida? Pergunte antes a quem pediu.
preview-picture = Um envelope fechado

problems-heading = Corrija isto para continuar
problem-mark = Problema:
home-link = Ir para { $site }

unreachable = Não conseguimos conectar a { $site }. Você pode tentar de novo sem risco.

stale-page = Esta página é de antes de uma atualização.
stale-again = Carregar de novo

show = Mostrar
hide = Ocultar
