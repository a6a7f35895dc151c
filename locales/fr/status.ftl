status-title = Voir s’il a été ouvert
status-link = Collez votre lien de suivi
status-check = Vérifier

status-waiting-title = Pas encore ouvert
status-waiting = Il sera supprimé le { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } mauvais mot de passe jusqu’ici.
   *[other] { $n } mauvais mots de passe jusqu’ici.
}
status-opened-title = Ouvert et supprimé
status-opened = Ouvert le { $date }.
status-reading-title = Ouvert
status-reading = La personne qui l’a ouvert peut le relire jusqu’au { $date }. Ensuite, il est supprimé.
status-unsaved-title = Ouvert, fichiers encore gardés
status-unsaved = La personne qui l’a ouvert peut enregistrer les fichiers jusqu’au { $date }.
status-words = La personne qui l’a ouvert voit ces mots : { $words }. Appelez la personne à qui vous l’avez envoyé et demandez-lui ses mots.
status-expired-title = Le délai est passé
status-expired = Personne ne l’a ouvert. Il est supprimé.
status-deleted-title = Supprimé par vous
status-deleted = Le { $date }. Personne ne l’a ouvert.

status-removed-title = Le site a retiré cet envoi
status-removed = Le { $date }. Personne ne l’a ouvert. Quelqu’un l’a signalé.
status-moved = La personne qui l’a ouvert a continué dans un autre navigateur le { $date }.
status-lost = Ce site a perdu une partie des fichiers. Renvoyez-les, s’il vous plaît.

status-step-made = Lien créé
status-step-opened = Ouvert
status-step-unopened = Pas ouvert
status-step-deleted = Supprimé
status-nothing-left = Il ne reste rien sur { $site }.
status-not-them = Ce n’était pas la bonne personne ? Changez le mot de passe ou le code que vous avez envoyé.

status-updates = Cette page se met à jour toute seule.
status-private = Cette page n’est que pour vous. Son lien fonctionne jusqu’au { $date }.
status-checked = Dernière vérification : { $date }.
status-again = Vérifier à nouveau
status-busy = Vérification…

status-delete = Supprimer maintenant
status-delete-title = Supprimer maintenant ?
status-delete-text = Le lien ne fonctionnera plus. Vous ne pourrez pas revenir en arrière.
status-delete-yes = Supprimer
status-delete-busy = Suppression…
status-delete-no = Garder
status-other-link = C’est le lien à envoyer. Collez votre propre lien de suivi.
