error-bad-request-title = Das haben wir nicht verstanden
error-bad-request = Zurückgehen und noch einmal versuchen.
error-forbidden-title = Senden geht von hier nicht
error-forbidden = Nur manche können hier Links erstellen. Öffnen können alle.
error-cross-site-title = Senden geht von hier nicht
error-cross-site = Das kam von einer anderen Website. Nichts wurde geändert. Diese Website selbst öffnen und noch einmal versuchen.
error-not-found-title = Diese Seite gibt es hier nicht
error-not-found = Die Adresse prüfen oder von vorn anfangen.
error-too-large-title = Das ist zu groß
error-too-large = Zusammen sind höchstens { $max } möglich. Zurückgehen und ein paar Dateien entfernen.
error-missing-title = Es fehlt etwas
error-missing = Zurückgehen und jedes Feld prüfen.
error-too-many-title = Zu viele Versuche
error-too-many = { $n ->
    [one] { $n } Minute warten, dann noch einmal versuchen.
   *[other] { $n } Minuten warten, dann noch einmal versuchen.
}
error-broken-title = Bei uns ging etwas schief
error-broken = Ein paar Minuten warten. Ein neuer Versuch schadet nicht.
error-closed-title = { $site } ist gerade geschlossen
error-closed = Später noch einmal versuchen.
error-closed-links = Wartende Links bleiben, aber ihr Enddatum verschiebt sich nicht.
error-full-title = { $site } ist voll
error-full = Gerade ist kein Platz. Eine kleinere Datei nehmen oder es später versuchen.
error-full-fits = Gerade ist Platz für { $max }. Kleinere Dateien nehmen oder es später versuchen.
error-between = Auf dem Weg zu { $site } funktioniert etwas nicht. Bald noch einmal versuchen. Wenn es so bleibt, bitte den Verantwortlichen der Website melden: { $status }.
error-between-size = Auf dem Weg zu { $site } lässt etwas große Teile nicht durch. Bitte den Verantwortlichen der Website melden: { $status }.
error-incident = Beim Melden an die Verantwortlichen der Website bitte angeben: { $incident }
