create-title = Un envoi qui s’ouvre une fois
create-intro = Écrivez un message ou ajoutez des fichiers. Envoyez le lien. Il s’ouvre une seule fois, puis tout disparaît.

create-server-locks = Pas verrouillé dans votre navigateur. { $site } verrouille le contenu à son arrivée.
create-lock-how = Verrouiller avant l’envoi
create-browser-locks = Verrouillé dans votre navigateur. { $site } ne peut pas le lire.

create-needs-script-title = Activez JavaScript pour envoyer
create-needs-script = Ce site n’accepte que ce qui est verrouillé dans votre navigateur. Un vieux navigateur ne sait pas verrouiller.
create-needs-https = Pour envoyer, utilisez { $address }.

create-message = Message
create-message-hint = Un mot de passe, un code, un petit mot
create-message-left = { $n ->
    [one] { $n } caractère restant
   *[other] { $n } caractères restants
}
create-message-over = { $n ->
    [one] { $n } caractère en trop
   *[other] { $n } caractères en trop
}

create-files = Fichiers
create-files-hint = { $n } au plus, { $max } en tout.
create-files-full = Il n’y a plus de place pour des fichiers en ce moment. Un message passe encore.
create-files-last = Choisissez les fichiers en dernier. Après un problème, il faut les choisir à nouveau.
create-files-choose = Ajouter des fichiers
create-files-more = Ajouter d’autres fichiers
create-files-drop = Ou déposez-les n’importe où.
create-files-veil = Déposez pour ajouter
create-files-remove = Retirer
create-files-total = { $n ->
    [one] { $n } fichier, { $size } sur { $max }
   *[other] { $n } fichiers, { $size } sur { $max }
}
create-files-show = { $n ->
    [one] Afficher { $n } autre fichier
   *[other] Afficher { $n } autres fichiers
}
create-files-added = { $n ->
    [one] { $n } fichier ajouté
   *[other] { $n } fichiers ajoutés
}
create-shared = Ceci vient d’une autre appli ou d’un autre site. L’ajouter à votre message ?
create-shared-add = L’ajouter
create-shared-drop = Ne pas l’ajouter
create-files-slow = Les gros fichiers prennent plusieurs minutes. Gardez cette page ouverte.

create-lifetime = Combien de temps pour l’ouvrir ?
create-lifetime-hint = Pas ouvert d’ici là ? C’est supprimé.
create-more = Mot de passe et heure exacte
create-password = Ajouter un mot de passe (facultatif)
create-password-hint = { $n ->
    [one] Au moins { $n } caractère. Donnez-le par un autre moyen, par exemple par téléphone.
   *[other] Au moins { $n } caractères. Donnez-le par un autre moyen, par exemple par téléphone.
}
create-password-make = En créer un pour moi
create-password-busy = Création…

create-until = Ou choisissez le jour et l’heure (facultatif)
create-until-hint = Entre { $from } et { $to } à partir de maintenant

create-button = Créer mon lien
create-ask = Demander qu’on vous envoie quelque chose
create-busy = Création de votre lien…

problem-message-empty = Écrivez quelque chose ou choisissez un fichier
problem-message-long = { $n ->
    [one] Raccourcissez le message de { $n } caractère
   *[other] Raccourcissez le message de { $n } caractères
}
problem-password-short = { $n ->
    [one] Choisissez un mot de passe d’au moins { $n } caractère
   *[other] Choisissez un mot de passe d’au moins { $n } caractères
}
problem-password-make = Nous n’avons pas pu en créer un. Écrivez le vôtre
problem-lifetime = Choisissez quand le supprimer
problem-until = Choisissez un moment entre { $from } et { $to } à partir de maintenant
problem-until-part = Indiquez à la fois le jour et l’heure
problem-files-many = { $n ->
    [one] Choisissez { $n } fichier au plus
   *[other] Choisissez { $n } fichiers au plus
}
problem-files-big = Vos fichiers font { $size }. Le maximum est de { $max }
problem-file-big = { $name } est trop gros. Le maximum est de { $max }
problem-file-empty = { $name } est vide. Choisissez un autre fichier
problem-file-unreadable = Nous ne pouvons pas lire { $name }. Si c’est un dossier, faites-en d’abord un fichier zip
problem-file-changed = { $name } a changé. Choisissez-le à nouveau
