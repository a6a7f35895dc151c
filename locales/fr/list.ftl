list-keep = Garder une liste sur cet appareil
list-hint = La liste contient les liens de suivi de ce que vous envoyez d’ici. Les personnes qui utilisent ce navigateur peuvent la voir. Une fenêtre privée la perd quand elle se ferme.
list-kept = C’est dans la liste de cet appareil.
list-see = Voir la liste
list-not-kept = Votre navigateur ne garde pas de liste ici. Gardez le lien de suivi.

list-title = Envoyé depuis cet appareil
list-made = Envoyé le { $date }
list-empty = La liste est vide.
list-gone = N’existe plus
list-unknown = Nous n’avons pas pu vérifier. Rechargez la page.
list-forget = Oublier
list-forgotten = Oublié
list-forget-all = Tout oublier
list-forgotten-all = Tout est oublié. Nous ne gardons plus de liste.
