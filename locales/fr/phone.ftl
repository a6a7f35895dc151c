offline-title = Vous êtes hors ligne
offline = { $site } a besoin d’internet. Les liens en attente ne risquent rien.
offline-again = Réessayer

share-title = Choisissez à nouveau vos fichiers
share = Nous n’avons rien gardé de ce que vous avez partagé.
