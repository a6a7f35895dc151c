request-title = Demander quelque chose
request-intro = Créez un lien. L’autre personne s’en sert pour vous envoyer un message ou des fichiers.
request-intro-only = Personne d’autre que vous ne peut les ouvrir.
request-server-locks = Votre navigateur ne verrouillera pas ceci. { $site } verrouille le contenu à son arrivée et ne garde aucune clé.
request-needs-script = Ce site n’accepte que ce qui est verrouillé dans votre navigateur.
request-note = De quoi avez-vous besoin ? (facultatif)
request-note-hint = Toute personne qui a le lien peut lire ceci
request-answers = Combien de réponses voulez-vous ?
request-count = { $n ->
    [one] { $n } réponse
   *[other] { $n } réponses
}
request-lifetime = Fermer le lien après
request-button = Créer un lien de demande
request-busy = Création de vos liens…
request-preview = Ce que l’autre personne verra
problem-note-long = Raccourcissez le texte

request-ready-title = Vous avez deux liens
request-ready-send = Envoyez celui-ci
request-ready-send-name = Lien à envoyer
request-ready-until = Il accepte des réponses jusqu’au { $date }.
request-ready-keep = Gardez celui-ci
request-ready-keep-name = Votre lien privé
request-ready-why = Seul ce lien ouvre la réponse. Nous ne pouvons pas le retrouver.
request-ready-both = Gardez les deux liens avant de partir.
request-note-shared = Merci de me l’envoyer avec ce lien. Il fonctionne jusqu’au { $date }.
request-code = QR code
request-code-warning = Toute personne qui scanne ce code peut vous répondre.
request-keep-copy = Copier le lien privé
request-keep-share = Me l’envoyer
request-keep-shared = Mon lien privé. Il ouvre ce qu’on m’envoie. À ne donner à personne.
request-keep-print = L’imprimer
request-keep-done = Gardez-le là où personne d’autre ne regarde.
request-keep-code = QR code de votre lien privé
request-keep-code-warning = Toute personne qui scanne ce code peut ouvrir vos réponses.

collect-heading = Vous avez déjà fait une demande ?
collect-link = Collez votre lien privé
collect-button = Voir ce qui est arrivé
collect-none-title = Rien n’est encore arrivé
collect-never-title = Rien n’est arrivé
collect-title = { $n ->
    [one] Votre réponse est là
   *[other] { $n } réponses sont là
}
collect-open = Le lien accepte des réponses jusqu’au { $date }.
collect-full = Toutes les réponses sont arrivées. Le lien est fermé.
collect-expired = Le délai est passé. Le lien est fermé.
collect-deleted = Vous avez fermé le lien.
collect-removed = Le site a retiré ce lien. Quelqu’un l’a signalé.
collect-answer = Réponse { $n }
collect-came = C’est arrivé le { $date }.
collect-once = Chacune s’ouvre une seule fois. Ensuite, elle est supprimée.
collect-changed = Cette réponse a été modifiée en chemin. Refaites une demande.
collect-message = Un message.
collect-files = Des fichiers, environ { $size }.
collect-unsaved = Ouverte. Vous pouvez continuer jusqu’au { $date }.
collect-opened = Ouverte le { $date }.
collect-gone = Elle n’est plus là. Refaites une demande.
collect-asked = Vous avez demandé :
collect-again = Refaire une demande
collect-end = Fermer le lien
collect-end-title = Fermer le lien ?
collect-end-text = Plus rien ne pourra arriver. Ce qui est arrivé reste ici.
collect-end-yes = Le fermer
collect-end-busy = Fermeture…
collect-end-no = Le laisser ouvert

problem-link-is-to-send = C’est le lien à envoyer. Collez votre lien privé.
problem-link-is-of-share = C’est une autre sorte de lien.
