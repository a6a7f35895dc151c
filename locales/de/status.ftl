status-title = Sehen, ob es geöffnet wurde
status-link = Den Statuslink einfügen
status-check = Prüfen

status-waiting-title = Noch nicht geöffnet
status-waiting = Es wird gelöscht am { $date }.
status-wrong-passwords = { $n ->
    [one] Bisher { $n } falsches Passwort.
   *[other] Bisher { $n } falsche Passwörter.
}
status-opened-title = Geöffnet und gelöscht
status-opened = Geöffnet am { $date }.
status-reading-title = Geöffnet
status-reading = Wer es geöffnet hat, kann es noch einmal lesen bis { $date }. Dann wird es gelöscht.
status-unsaved-title = Geöffnet, Dateien noch da
status-unsaved = Wer es geöffnet hat, kann die Dateien speichern bis { $date }.
status-words = Wer es geöffnet hat, sieht diese Wörter: { $words }. Die Person anrufen, für die es war, und danach fragen.
status-expired-title = Die Zeit ist um
status-expired = Niemand hat es geöffnet. Es ist gelöscht.
status-deleted-title = Mit dem Statuslink gelöscht
status-deleted = Am { $date }. Niemand hat es geöffnet.

status-removed-title = Von der Website entfernt
status-removed = Am { $date }. Niemand hat es geöffnet. Jemand hat es gemeldet.
status-moved = Weitergemacht in einem anderen Browser am { $date }.
status-lost = Diese Website hat einen Teil der Dateien verloren. Bitte noch einmal senden.

status-step-made = Link erstellt
status-step-opened = Geöffnet
status-step-unopened = Nicht geöffnet
status-step-deleted = Gelöscht
status-nothing-left = Auf { $site } ist nichts mehr davon.
status-not-them = War es jemand anders? Dann das gesendete Passwort oder den Code ändern.

status-updates = Diese Seite aktualisiert sich von selbst.
status-private = Diese Seite ist nicht zum Weitergeben. Der Link dazu funktioniert bis { $date }.
status-checked = Zuletzt geprüft: { $date }.
status-again = Noch einmal prüfen
status-busy = Wird geprüft …

status-delete = Jetzt löschen
status-delete-title = Jetzt löschen?
status-delete-text = Der Link funktioniert dann nicht mehr. Das lässt sich nicht rückgängig machen.
status-delete-yes = Löschen
status-delete-busy = Wird gelöscht …
status-delete-no = Behalten
status-other-link = Das ist der Link zum Senden. Bitte den eigenen Statuslink einfügen.
