list-keep = Liste auf diesem Gerät führen
list-hint = Auf der Liste stehen die Statuslinks von allem, was hier gesendet wird. Wer diesen Browser benutzt, kann sie sehen. Ein privates Fenster verliert sie beim Schließen.
list-kept = Es steht auf der Liste auf diesem Gerät.
list-see = Liste ansehen
list-not-kept = Der Browser führt hier keine Liste. Den Statuslink aufheben.

list-title = Von diesem Gerät gesendet
list-made = Gesendet am { $date }
list-empty = Die Liste ist leer.
list-gone = Nicht mehr vorhanden
list-unknown = Wir konnten es nicht prüfen. Die Seite neu laden.
list-forget = Vergessen
list-forgotten = Von der Liste entfernt
list-forget-all = Alle vergessen
list-forgotten-all = Alle von der Liste entfernt. Jetzt führen wir keine Liste mehr.
