about-title = Comment ça marche
about-intro = Une enveloppe cachetée qui ne s’ouvre qu’une fois.

about-write-heading = Vous écrivez
about-write = Un message, des fichiers ou les deux.
about-lock-heading = Votre navigateur verrouille
about-lock = La clé est dans le lien. { $site } ne reçoit que la copie verrouillée.
about-open-heading = On l’ouvre une seule fois
about-open = La première personne qui ouvre le lien voit le contenu.
about-gone-heading = Puis tout disparaît
about-gone = Nous supprimons notre copie. Plus personne ne peut l’ouvrir.

about-ask-heading = Besoin qu’on vous envoie quelque chose ?
about-ask = Faites une demande. Vous obtenez un lien à envoyer et un lien privé. L’autre personne répond avec le premier.
about-ask-keep = Seul votre lien privé ouvre ce qu’on vous envoie. Gardez-le. Nous ne pouvons pas le retrouver.

about-who-heading = Qui peut le lire
about-who = Toute personne qui a le lien, une seule fois. Ajoutez un mot de passe si d’autres voient votre conversation.
about-can-count = Nous pouvons voir sa taille et quand il a été ouvert.
about-cannot-read = Nous ne pouvons pas le lire.
about-cannot-know = Nous ne pouvons pas savoir qui l’a ouvert, ni empêcher une capture d’écran.
about-cannot-return = Nous ne pouvons pas le récupérer.

about-real-heading = Mon lien est-il le vrai ?
about-real = Il commence par { $address }.
about-real-never = Nous ne demandons jamais votre adresse e-mail, ni le mot de passe de votre banque, ni de l’argent.

about-keep-heading = Ce que nous gardons
about-keep = { $n ->
    [one] La copie verrouillée est supprimée après l’ouverture ou à la fin du délai. Nous gardons ceci { $n } jour de plus :
   *[other] La copie verrouillée est supprimée après l’ouverture ou à la fin du délai. Nous gardons ceci { $n } jours de plus :
}
about-keep-reading = Un message ouvert reste jusqu’à ce que la personne qui le lit l’efface, { $span } au maximum.
about-keep-times = quand l’envoi a été créé, quand il a été ouvert et comment il s’est terminé
about-keep-size = sa taille, à peu près, et en combien de parties il est arrivé
about-keep-tries = combien de mauvais mots de passe ont été essayés
about-keep-words = un code du navigateur qui l’a ouvert, pour les trois mots que vous pouvez comparer
about-keep-list = Si vous demandez une liste de vos envois, seul votre navigateur la garde.
about-keep-not = Nous ne gardons ni votre nom, ni votre adresse internet, ni votre message.

about-first-heading = Verrouiller avant l’envoi
about-first = Sans JavaScript, c’est { $site } qui verrouille. Le site voit donc votre message un instant.
about-first-https = Pour verrouiller avant l’envoi, utilisez { $address } avec JavaScript activé.
about-first-how = Pour verrouiller avant l’envoi, activez JavaScript ou utilisez un navigateur plus récent.

about-report-heading = Signaler un lien dangereux
