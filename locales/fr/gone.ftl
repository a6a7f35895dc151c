gone-title = Ce lien ne fonctionne pas
gone = Il a été ouvert, le délai est passé, ou la personne qui l’a envoyé l’a supprimé. Ou il manque une partie du lien. Nous ne pouvons pas vous dire laquelle de ces raisons est la bonne.
gone-opened-title = Cet envoi a été ouvert
gone-opened = Le { $date }. Ce n’était pas vous ? Prévenez tout de suite la personne qui l’a envoyé, pour qu’elle puisse changer le mot de passe ou le code qu’elle a envoyé.
gone-expired-title = Le délai est passé
gone-expired = Personne ne l’a ouvert.
gone-deleted-title = Supprimé avant l’ouverture
gone-deleted = La personne qui l’a envoyé l’a supprimé. Personne ne l’a ouvert.
gone-removed-title = Le site a retiré cet envoi
gone-removed = Personne ne l’a ouvert. Quelqu’un l’a signalé.

gone-do-heading = Ce que vous pouvez faire
gone-do-ask = Demandez un nouveau lien à la personne qui vous l’a envoyé.
gone-do-tell = Si vous ne l’avez jamais ouvert, prévenez cette personne. Quelqu’un d’autre l’a peut-être ouvert.
gone-do-report = Était-ce un piège ou une menace ? Prévenez-nous et envoyez-nous le lien : { $contact }
