ready-title = Votre lien est prêt
ready-intro = Envoyez-le à une seule personne
ready-once = Ne l’ouvrez pas vous-même. Il s’ouvre une seule fois.
ready-link = Lien
ready-copy = Copier le lien
ready-copy-note = Copier avec un petit mot
ready-note-language = Langue du petit mot
ready-share = Partager
ready-share-failed = Le partage n’a pas marché. Copiez le lien.
ready-note = Voici un envoi de ma part. Il s’ouvre une seule fois, avant le { $date }.
ready-by-hand = Appuyez longuement sur le lien pour le copier.
copied = Copié
ready-paste = Collez-le maintenant dans votre conversation.
copied-link = Lien copié
copy-failed = La copie n’a pas marché. Le lien est sélectionné. Copiez-le à la main.

ready-more = Plus : petit mot, QR code
ready-code-label = QR code du lien
ready-code-warning = Toute personne qui scanne ce code peut ouvrir l’envoi.

ready-apart-heading = Donnez le mot de passe autrement
ready-apart = Envoyez le lien dans la conversation. Dites le mot de passe par téléphone.
ready-password-copy = Copier le mot de passe
ready-password-show = Afficher le mot de passe
ready-password-hide = Masquer le mot de passe
copied-password = Mot de passe copié
copy-password-failed = La copie n’a pas marché. Le mot de passe est sélectionné. Copiez-le à la main.

ready-opens = S’ouvre
ready-opens-once = Une seule fois
ready-until = Si pas ouvert, supprimé le
ready-password = Mot de passe
ready-password-yes = Oui
ready-password-no = Non

ready-status-heading = Voir quand il est ouvert
ready-status = Personne d’autre que vous ne peut voir la page de suivi. Gardez son lien.
ready-status-link = Page de suivi
ready-status-copy = Copier le lien de suivi
ready-status-name = Lien de suivi
ready-again = Envoyer autre chose

already-title = Vous avez déjà créé ce lien
already = Nous ne gardons aucune copie. Si vous l’avez perdu, créez-en un nouveau.
