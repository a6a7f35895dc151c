give-title = On vous demande quelque chose
give-notice = Nous ne savons pas qui demande. Vérifiez d’abord auprès de cette personne. N’envoyez jamais de code de carte bancaire ni de code reçu par SMS.
give-report = Est-ce un piège ou une menace ? N’envoyez rien. Prévenez-nous et envoyez-nous le lien : { $contact }
give-look = Voir la demande
give-look-busy = Un instant…
give-wrote = La personne a écrit :
give-no-note = La personne n’a pas laissé de mot.
give-until = Vous pouvez envoyer jusqu’au { $date }.
give-button = Envoyer
give-busy = Envoi…
give-changed-title = N’envoyez rien ici
give-changed-why = Ce lien a été modifié. Demandez-en un nouveau.
give-changed = N’envoyez rien ici. Ce lien a été modifié. Demandez-en un nouveau.
give-link-is-private = C’est votre lien privé. Il ne sert pas à envoyer. Ouvrez-le pour voir ce que vous avez reçu.

sent-title = Envoyé
sent = Seule la personne qui a demandé peut l’ouvrir. Vous pouvez fermer cette page.
sent-by-site = La personne qui a demandé peut maintenant l’ouvrir. Vous pouvez fermer cette page.

request-over-title = Ce lien est fermé
request-over-full-title = La personne a déjà tout reçu
request-over-full = Le lien n’accepte plus rien.
request-over-expired = Le délai est passé.
request-over-deleted = La personne qui a demandé l’a fermé.
request-over-removed = Le site a retiré ce lien. Quelqu’un l’a signalé.
request-over-nothing = Rien n’a été envoyé.
