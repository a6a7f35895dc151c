request-title = Um etwas bitten
request-intro = Einen Link erstellen. Die andere Person sendet damit eine Nachricht oder Dateien.
request-intro-only = Nur wer den Link erstellt hat, kann das öffnen.
request-server-locks = Der Browser verschließt das nicht. { $site } verschließt es, wenn es ankommt, und behält keinen Schlüssel.
request-needs-script = Diese Website nimmt nur an, was im Browser verschlossen wurde.
request-note = Was wird gebraucht? (freiwillig)
request-note-hint = Wer den Link hat, kann das lesen
request-answers = Wie viele Antworten sollen kommen?
request-count = { $n ->
    [one] { $n } Antwort
   *[other] { $n } Antworten
}
request-lifetime = So lange bleibt der Link offen
request-button = Anfragelink erstellen
request-busy = Links werden erstellt …
request-preview = Das sieht die andere Person
problem-note-long = Bitte kürzer schreiben

request-ready-title = Zwei Links sind fertig
request-ready-send = Diesen senden
request-ready-send-name = Link zum Senden
request-ready-until = Er nimmt Antworten an bis { $date }.
request-ready-keep = Diesen behalten
request-ready-keep-name = Privater Link
request-ready-why = Nur mit diesem Link lässt sich die Antwort öffnen. Wir können ihn nicht zurückholen.
request-ready-both = Vor dem Verlassen der Seite beide Links aufheben.
request-note-shared = Bitte mit diesem Link an mich senden. Er funktioniert bis { $date }.
request-code = QR-Code
request-code-warning = Wer diesen Code scannt, kann antworten.
request-keep-copy = Privaten Link kopieren
request-keep-share = An mich selbst senden
request-keep-shared = Mein privater Link. Er öffnet, was andere mir senden. Nicht weitergeben.
request-keep-print = Ausdrucken
request-keep-done = Dort aufheben, wo sonst niemand hinsieht.
request-keep-code = QR-Code des privaten Links
request-keep-code-warning = Wer diesen Code scannt, kann die Antworten öffnen.

collect-heading = Schon um etwas gebeten?
collect-link = Den privaten Link einfügen
collect-button = Sehen, was angekommen ist
collect-none-title = Noch ist nichts da
collect-never-title = Es kam nichts
collect-title = { $n ->
    [one] Die Antwort ist da
   *[other] { $n } Antworten sind da
}
collect-open = Der Link nimmt Antworten an bis { $date }.
collect-full = Alle Antworten sind da. Der Link ist geschlossen.
collect-expired = Die Zeit ist um. Der Link ist geschlossen.
collect-deleted = Mit dem privaten Link geschlossen.
collect-removed = Die Website hat das entfernt. Jemand hat es gemeldet.
collect-answer = Antwort { $n }
collect-came = Angekommen am { $date }.
collect-once = Jede geht nur einmal auf. Dann wird sie gelöscht.
collect-changed = Das wurde unterwegs verändert. Noch einmal darum bitten.
collect-message = Eine Nachricht.
collect-files = Dateien, ungefähr { $size }.
collect-unsaved = Geöffnet. Weitermachen geht bis { $date }.
collect-opened = Geöffnet am { $date }.
collect-gone = Sie ist weg. Noch einmal darum bitten.
collect-asked = Das war die Bitte:
collect-again = Noch einmal bitten
collect-end = Link schließen
collect-end-title = Den Link schließen?
collect-end-text = Dann kann nichts mehr ankommen. Was da ist, bleibt hier.
collect-end-yes = Schließen
collect-end-busy = Wird geschlossen …
collect-end-no = Offen lassen

problem-link-is-to-send = Das ist der Link zum Senden. Bitte den privaten Link einfügen.
problem-link-is-of-share = Das ist eine andere Art von Link.
