create-title = Etwas senden, das einmal aufgeht
create-intro = Schreiben oder Dateien hinzufügen. Den Link senden. Er geht einmal auf, dann ist alles weg.

create-server-locks = Nicht im Browser verschlossen. { $site } verschließt es, wenn es ankommt.
create-lock-how = So wird es vorher verschlossen
create-browser-locks = Im Browser verschlossen. { $site } kann es nicht lesen.

create-needs-script-title = Bitte JavaScript einschalten
create-needs-script = Diese Website nimmt nur an, was im Browser verschlossen wurde. Ein alter Browser kann das nicht.
create-needs-https = Zum Senden { $address } benutzen.

create-message = Nachricht
create-message-hint = Ein Passwort, ein Code, eine Notiz
create-message-left = { $n ->
    [one] Noch { $n } Zeichen frei
   *[other] Noch { $n } Zeichen frei
}
create-message-over = { $n ->
    [one] { $n } Zeichen zu viel
   *[other] { $n } Zeichen zu viel
}

create-files = Dateien
create-files-hint = Bis zu { $n }, zusammen höchstens { $max }.
create-files-full = Für Dateien ist gerade kein Platz. Eine Nachricht passt noch.
create-files-last = Dateien zuletzt auswählen. Nach einem Problem müssen sie neu ausgewählt werden.
create-files-choose = Dateien hinzufügen
create-files-more = Weitere Dateien hinzufügen
create-files-drop = Oder irgendwo auf die Seite ziehen.
create-files-veil = Zum Hinzufügen loslassen
create-files-remove = Entfernen
create-files-total = { $n ->
    [one] { $n } Datei, { $size } von { $max }
   *[other] { $n } Dateien, { $size } von { $max }
}
create-files-show = { $n ->
    [one] { $n } weitere Datei anzeigen
   *[other] { $n } weitere Dateien anzeigen
}
create-files-added = { $n ->
    [one] { $n } Datei hinzugefügt
   *[other] { $n } Dateien hinzugefügt
}
create-shared = Das kommt von einer anderen App oder Website. In die Nachricht übernehmen?
create-shared-add = Übernehmen
create-shared-drop = Weglassen
create-files-slow = Große Dateien brauchen ein paar Minuten. Diese Seite offen lassen.

create-lifetime = Wie lange darf es warten?
create-lifetime-hint = Bis dahin nicht geöffnet? Dann wird es gelöscht.
create-more = Passwort und genaue Zeit
create-password = Passwort hinzufügen (freiwillig)
create-password-hint = { $n ->
    [one] Mindestens { $n } Zeichen. Das Passwort auf anderem Weg mitteilen, zum Beispiel am Telefon.
   *[other] Mindestens { $n } Zeichen. Das Passwort auf anderem Weg mitteilen, zum Beispiel am Telefon.
}
create-password-make = Passwort vorschlagen
create-password-busy = Wird erstellt …

create-until = Oder Tag und Uhrzeit auswählen (freiwillig)
create-until-hint = { $from } bis { $to } ab jetzt

create-button = Link erstellen
create-ask = Jemanden um etwas bitten
create-busy = Link wird erstellt …

problem-message-empty = Etwas schreiben oder eine Datei auswählen
problem-message-long = { $n ->
    [one] Die Nachricht um { $n } Zeichen kürzen
   *[other] Die Nachricht um { $n } Zeichen kürzen
}
problem-password-short = { $n ->
    [one] Das Passwort braucht mindestens { $n } Zeichen
   *[other] Das Passwort braucht mindestens { $n } Zeichen
}
problem-password-make = Das hat nicht geklappt. Bitte selbst ein Passwort eingeben
problem-lifetime = Auswählen, wann es gelöscht wird
problem-until = Eine Zeit auswählen: { $from } bis { $to } ab jetzt
problem-until-part = Beides ausfüllen: Tag und Uhrzeit
problem-files-many = { $n ->
    [one] Höchstens { $n } Datei auswählen
   *[other] Höchstens { $n } Dateien auswählen
}
problem-files-big = Die Dateien sind { $size } groß. Möglich sind höchstens { $max }
problem-file-big = { $name } ist zu groß. Möglich sind höchstens { $max }
problem-file-empty = { $name } ist leer. Bitte eine andere Datei auswählen
problem-file-unreadable = Wir können { $name } nicht lesen. Ist es ein Ordner? Dann zuerst eine ZIP-Datei daraus machen
problem-file-changed = { $name } wurde geändert. Bitte neu auswählen
