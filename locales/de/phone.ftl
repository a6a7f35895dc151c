offline-title = Kein Internet
offline = { $site } braucht das Internet. Wartende Links sind sicher.
offline-again = Noch einmal versuchen

share-title = Dateien noch einmal auswählen
share = Wir haben nichts von dem Geteilten behalten.
