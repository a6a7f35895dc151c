language-name = Italiano

skip = Vai al contenuto
title = { $title } – { $site }
title-problem = Problema: { $title } – { $site }

footer-about = Come funziona
footer-ask = Chiedi qualcosa
footer-report = Segnala un link pericoloso

language = Lingua:
language-wrong = C’è una parola sbagliata?

preview-title = Qualcosa per te. Si apre una volta sola.
preview-text = Aprilo su { $host } quando vuoi. Hai dubbi? Chiedi a chi te lo invia.
preview-ask-text = Rispondi su { $host } quando vuoi. Hai dubbi? Prima parlane con chi te lo chiede.
preview-picture = Una busta chiusa

problems-heading = Correggi questo per continuare
problem-mark = Problema:
home-link = Vai a { $site }

unreachable = Non siamo riusciti a raggiungere { $site }. Puoi riprovare senza rischi.

stale-page = Questa pagina è di prima di un aggiornamento.
stale-again = Ricaricala

show = Mostra
hide = Nascondi
