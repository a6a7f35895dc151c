error-bad-request-title = Nous n’avons pas compris
error-bad-request = Revenez en arrière et réessayez.
error-forbidden-title = Impossible d’envoyer d’ici
error-forbidden = Seules certaines personnes peuvent créer des liens ici. Tout le monde peut en ouvrir un.
error-cross-site-title = Impossible d’envoyer d’ici
error-cross-site = Ceci vient d’un autre site. Rien n’a été changé. Ouvrez directement ce site-ci et réessayez.
error-not-found-title = Il n’y a pas de page ici
error-not-found = Vérifiez l’adresse ou recommencez.
error-too-large-title = C’est trop gros
error-too-large = Le maximum est de { $max } en tout. Revenez en arrière et retirez des fichiers.
error-missing-title = Il manque quelque chose
error-missing = Revenez en arrière et vérifiez chaque champ.
error-too-many-title = Trop d’essais
error-too-many = { $n ->
    [one] Attendez { $n } minute, puis réessayez.
   *[other] Attendez { $n } minutes, puis réessayez.
}
error-broken-title = Une panne de notre côté
error-broken = Attendez quelques minutes. Vous pouvez réessayer sans risque.
error-closed-title = { $site } est fermé pour l’instant
error-closed = Réessayez plus tard.
error-closed-links = Les liens en attente restent, mais leur date de fin ne change pas.
error-full-title = { $site } est plein
error-full = Il n’y a plus de place en ce moment. Essayez un fichier plus petit, ou revenez plus tard.
error-full-fits = Il y a de la place pour { $max } en ce moment. Essayez des fichiers plus petits, ou revenez plus tard.
error-between = Quelque chose entre vous et { $site } ne fonctionne pas. Réessayez bientôt. Si cela continue, donnez ceci à la personne qui gère le site : { $status }.
error-between-size = Quelque chose entre vous et { $site } refuse les gros morceaux. Donnez ceci à la personne qui gère le site : { $status }.
error-incident = Si vous prévenez la personne qui gère le site, dites : { $incident }
