language-name = Français

skip = Aller au contenu
title = { $title } – { $site }
title-problem = Problème : { $title } – { $site }

footer-about = Comment ça marche
footer-ask = Demander quelque chose
footer-report = Signaler un lien dangereux

language = Langue :
language-wrong = Un mot à corriger ?

preview-title = Un envoi pour vous. Il s’ouvre une seule fois.
preview-text = Ouvrez-le sur { $host } quand vous voulez. Un doute ? Demandez à la personne qui l’envoie.
preview-ask-text = Répondez sur { $host } quand vous voulez. Un doute ? Demandez d’abord à cette personne.
preview-picture = Une enveloppe fermée

problems-heading = À corriger pour continuer
problem-mark = Problème :
home-link = Aller sur { $site }

unreachable = Nous n’avons pas pu joindre { $site }. Vous pouvez réessayer sans risque.

stale-page = Cette page date d’avant une mise à jour.
stale-again = La recharger

show = Afficher
hide = Masquer
