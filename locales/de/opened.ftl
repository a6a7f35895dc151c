opened-title-message = Hier ist die Nachricht
opened-title-files = Hier sind die Dateien
opened-title-both = Das wurde gesendet

opened-deleted = Auf { $site } ist es gelöscht. Jetzt hat es nur noch diese Seite.
opened-reading = { $site } behält es bis { $date }, nur für diese Seite. Neu laden zeigt es noch einmal.
opened-reading-within = Diese Seite neu laden, um es noch einmal zu sehen. { $site } behält die Kopie höchstens { $span }, dann wird sie gelöscht.
opened-within = { $site } behält die Kopie höchstens { $span }, dann wird sie gelöscht.
opened-message = Nachricht
opened-copy = Kopieren
opened-copied = Nachricht kopiert
opened-copy-failed = Das Kopieren hat nicht geklappt. Die Nachricht ist markiert. Bitte von Hand kopieren.
opened-unfold = Den Rest anzeigen
opened-fold = Weniger anzeigen
opened-align = Als Spalten anzeigen
opened-wrap = Zeilen umbrechen
opened-save = Als Datei speichern
opened-file-name = Nachricht

opened-files = Dateien
opened-count = { $n ->
    [one] { $n } Datei, { $size }
   *[other] { $n } Dateien, { $size }
}
opened-files-notice = Nur Dateien öffnen, die man erwartet hat.
opened-keeping-minutes = { $n ->
    [one] Noch etwa { $n } Minute hier
   *[other] Noch etwa { $n } Minuten hier
}
opened-keeping-hours = { $n ->
    [one] Noch etwa eine Stunde hier
   *[other] Noch etwa { $n } Stunden hier
}
opened-all-saved = Alles gespeichert. Auf { $site } gelöscht.
opened-file-save = Speichern
opened-file-saving = Speichert { $n } %
opened-file-saved = Gespeichert.
opened-file-again = Noch einmal
opened-file-failed = Nicht gespeichert.
opened-file-retry = Neu versuchen
opened-share = Speichern oder teilen
opened-blocked = Diese App verhindert das Speichern. Den Link im eigenen Browser öffnen. Zeit dafür: { $grace }.
opened-save-all = Alle speichern
opened-downloaded = Alle Dateien gingen zu den Downloads. Bitte prüfen, ob sie sich öffnen lassen.
opened-have-all = Ich habe alle. Jetzt löschen
opened-program = Ein Programm. Nur starten, wenn es von einer Person kommt, der man vertraut.
opened-renamed = Wir haben diesen Namen geändert, damit jedes Gerät die Datei speichern kann.
opened-over = Diese Dateien lassen sich hier nicht mehr speichern. Die Zeit ist um, oder es ging in einem anderen Browser weiter.
opened-no-room = Auf diesem Gerät ist kein Platz für diese Datei.
opened-holds = Der Browser muss erst die ganze Datei haben, bevor er sie speichern kann. Bei großen Dateien klappt das vielleicht nicht.
opened-picture = Bild anzeigen
opened-picture-alt = Bild: { $name }
opened-picture-failed = Wir können dieses Bild nicht anzeigen. Es lässt sich aber speichern.
opened-play = Abspielen
opened-player = Wiedergabe: { $name }
opened-play-failed = Wir können das nicht abspielen. Es lässt sich aber speichern.
opened-words = Will die Person, die es gesendet hat, wissen, wer es geöffnet hat? Dann diese Wörter sagen: { $words }. Vielleicht sieht sie die Wörter auch.
opened-clear = Ist gespeichert. Seite leeren
opened-done-title = Alles erledigt
opened-done = Auf { $site } und auf dieser Seite ist nichts mehr davon.
opened-done-until = Auf dieser Seite ist nichts mehr davon. { $site } löscht die Kopie spätestens am { $date }.
opened-back = Etwas zurücksenden
