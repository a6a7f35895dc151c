sending-title = Verrouillage et envoi
sending-tab = { $n } % – Envoi
sending-progress = { $n } %. { $done } sur { $all }.
sending-percent = { $n } %
sending-done = { $done } sur { $all }.
sending-speed = { $done } sur { $all }, { $speed } par seconde.
sending-left-seconds = { $n ->
    [one] Encore { $n } seconde environ.
   *[other] Encore { $n } secondes environ.
}
sending-left-minutes = { $n ->
    [one] Encore { $n } minute environ.
   *[other] Encore { $n } minutes environ.
}
sending-left-hours = { $n ->
    [one] Encore { $n } heure environ.
   *[other] Encore { $n } heures environ.
}
sending-sent = Envoyé.
sending-almost = Presque fini
sending-keep = Gardez cette page ouverte.
sending-stop = Arrêter
sending-again = Réessayer

sending-waiting = En attente du réseau.
sending-offline = Vous êtes hors ligne. L’envoi reprendra dès votre retour.
sending-halted = L’envoi s’est arrêté à { $n } %. Vos fichiers sont toujours là.
sending-stopped = Arrêté. Nous avons supprimé ce qui était arrivé.
sending-stopped-later = Arrêté. Ce qui était arrivé est supprimé en moins d’un jour.
