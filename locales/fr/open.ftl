open-title = On vous a envoyé quelque chose
open-intro = Cet envoi s’ouvre une seule fois, puis il est supprimé.
open-expected = Vous l’attendiez ?

open-notice = { $site } ne sait pas qui l’a envoyé. Si vous ne l’attendiez pas, demandez d’abord, par téléphone ou par messagerie.

open-what-message = Un message. Il s’ouvre une seule fois, puis il est supprimé.
open-what-files = Des fichiers, environ { $size }. Ils s’ouvrent une seule fois, puis ils sont supprimés.
open-before = À ouvrir avant le { $date }.
open-host = Vous êtes sur { $address }.

open-password = Mot de passe qu’on vous a donné
open-password-hint = Pas celui de votre e-mail ni de votre banque
open-button = Ouvrir maintenant
open-busy = Ouverture…
open-not-you = Ce n’est pas pour vous ? Fermez cette page. Rien n’a été ouvert.
open-report = Est-ce un piège ou une menace ? Ne l’ouvrez pas. Prévenez-nous et envoyez-nous le lien : { $contact }
open-elsewhere = Une autre appli a ouvert cette page ?
open-elsewhere-why = Dans une appli, l’enregistrement peut ne pas marcher. Copiez le lien et ouvrez-le dans votre navigateur.
open-taking-over = Vous l’avez ouvert dans une autre appli le { $date }. Continuer ici ?
open-own = C’est vous qui avez créé ce lien. Si vous l’ouvrez, l’autre personne ne pourra plus l’ouvrir.
open-own-anyway = L’ouvrir quand même

open-link = Collez ici le lien entier
open-link-hint = Il nous faut la partie après le #. Votre navigateur ne nous la montre pas.
open-password-maybe-hint = Seulement si on vous en a donné un
open-server-unlocks = Sans JavaScript, c’est { $site } qui déverrouille. Le site voit le contenu un instant et n’en garde aucune copie.
open-server-unlocks-http = Sans https, c’est { $site } qui déverrouille. Le site voit le contenu un instant et n’en garde aucune copie.
open-needs-script = Pour l’ouvrir, activez JavaScript ou utilisez un navigateur plus récent. Rien n’est encore ouvert.
open-needs-https = Pour l’ouvrir, utilisez { $address }. Rien n’est encore ouvert.

problem-password-needed = Écrivez le mot de passe qu’on vous a donné
problem-password-not-right = Ce n’est pas le bon mot de passe.
problem-password-wrong = { $n ->
    [one] Ce n’est pas le bon mot de passe. Il vous reste { $n } essai.
   *[other] Ce n’est pas le bon mot de passe. Il vous reste { $n } essais.
}
problem-password-wait = { $n ->
    [one] Trop d’essais. Attendez { $n } minute.
   *[other] Trop d’essais. Attendez { $n } minutes.
}
problem-lost = Ce site en a perdu une partie. Demandez un nouveau lien.
problem-link = Le lien n’est pas entier. Copiez-le à nouveau en entier.
problem-changed = Cet envoi a été modifié en chemin. Demandez un nouveau lien.

damaged-title = Ce lien n’est pas complet
damaged = Il en manque une partie. Rien n’a été ouvert.
damaged-own = C’est le lien réservé à la personne qui envoie. Il n’ouvre rien. Demandez-lui l’autre lien.
damaged-link = Collez le lien entier
damaged-button = Essayer ce lien

open-terminal = Ouvrez ce lien dans un navigateur. Rien n’a été ouvert.
open-terminal-how = Copiez-le en entier, avec la partie après le #.
