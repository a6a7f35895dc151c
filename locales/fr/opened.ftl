opened-title-message = Voici votre message
opened-title-files = Voici vos fichiers
opened-title-both = Voici ce qu’on vous a envoyé

opened-deleted = C’est supprimé du site { $site }. Seule cette page l’a encore.
opened-reading = { $site } le garde jusqu’au { $date }, pour cette page seulement. Rechargez-la pour le revoir.
opened-reading-within = Rechargez cette page pour le revoir. { $site } supprime sa copie d’ici { $span }.
opened-within = { $site } supprime sa copie d’ici { $span }.
opened-message = Message
opened-copy = Copier
opened-copied = Message copié
opened-copy-failed = La copie n’a pas marché. Le message est sélectionné. Copiez-le à la main.
opened-unfold = Afficher la suite
opened-fold = Afficher moins
opened-align = Afficher en colonnes
opened-wrap = Retour à la ligne
opened-save = Enregistrer comme fichier
opened-file-name = message

opened-files = Fichiers
opened-count = { $n ->
    [one] { $n } fichier, { $size }
   *[other] { $n } fichiers, { $size }
}
opened-files-notice = N’ouvrez que les fichiers que vous attendiez.
opened-keeping-minutes = { $n ->
    [one] Encore là environ { $n } minute
   *[other] Encore là environ { $n } minutes
}
opened-keeping-hours = { $n ->
    [one] Encore là environ une heure
   *[other] Encore là environ { $n } heures
}
opened-all-saved = Tout est enregistré. Supprimé du site { $site }.
opened-file-save = Enregistrer
opened-file-saving = Enregistrement { $n } %
opened-file-saved = Enregistré.
opened-file-again = Réenregistrer
opened-file-failed = Pas enregistré.
opened-file-retry = Réessayer
opened-share = Enregistrer ou partager
opened-blocked = Cette appli empêche d’enregistrer. Ouvrez le lien dans votre navigateur. Il vous reste { $grace }.
opened-save-all = Tout enregistrer
opened-downloaded = Tous les fichiers sont partis vers vos téléchargements. Vérifiez qu’ils s’ouvrent.
opened-have-all = J’ai tout. Tout supprimer
opened-program = Un programme. Ne le lancez que si vous faites confiance à la personne qui l’a envoyé.
opened-renamed = Nous avons changé ce nom pour que chaque appareil puisse l’enregistrer.
opened-over = Vous ne pouvez plus enregistrer ces fichiers ici. Leur délai est passé, ou vous avez continué dans un autre navigateur.
opened-no-room = Il n’y a pas assez de place pour ce fichier sur votre appareil.
opened-holds = Votre navigateur doit charger un fichier en entier avant de pouvoir l’enregistrer. Avec de gros fichiers, cela peut échouer.
opened-picture = Afficher l’image
opened-picture-alt = Image : { $name }
opened-picture-failed = Nous ne pouvons pas afficher cette image. Enregistrez-la plutôt.
opened-play = Lire
opened-player = Lecteur : { $name }
opened-play-failed = Nous ne pouvons pas lire ceci. Enregistrez-le plutôt.
opened-words = Si la personne qui l’a envoyé demande qui l’a ouvert, dites ces mots : { $words }. Elle les voit peut-être aussi.
opened-clear = Je l’ai gardé. Effacer la page
opened-done-title = C’est fini
opened-done = Il ne reste rien sur { $site } ni sur cette page.
opened-done-until = Il ne reste rien sur cette page. { $site } supprime sa copie au plus tard le { $date }.
opened-back = Envoyer quelque chose en retour
