about-title = So funktioniert es
about-intro = Ein verschlossener Umschlag, der nur einmal aufgeht.

about-write-heading = Schreiben
about-write = Eine Nachricht, Dateien oder beides.
about-lock-heading = Der Browser verschließt es
about-lock = Der Schlüssel steckt im Link. { $site } bekommt nur die verschlossene Kopie.
about-open-heading = Einmal öffnen
about-open = Wer den Link zuerst öffnet, sieht es.
about-gone-heading = Dann ist es weg
about-gone = Wir löschen unsere Kopie. Niemand kann es noch einmal öffnen.

about-ask-heading = Soll jemand etwas schicken?
about-ask = Dann eine Anfrage erstellen. Dazu gehören ein Link zum Senden und ein privater Link. Die Antwort kommt über den ersten.
about-ask-keep = Nur der private Link öffnet, was ankommt. Gut aufheben. Wir können ihn nicht zurückholen.

about-who-heading = Wer es lesen kann
about-who = Wer den Link hat, aber nur einmal. Lesen andere im Chat mit? Dann ein Passwort hinzufügen.
about-can-count = Wir können sehen, wie groß es ist und wann es geöffnet wurde.
about-cannot-read = Wir können es nicht lesen.
about-cannot-know = Wir können nicht wissen, wer es geöffnet hat, und keinen Screenshot verhindern.
about-cannot-return = Wir können es nicht zurückholen.

about-real-heading = Ist mein Link echt?
about-real = Er beginnt mit { $address }.
about-real-never = Wir fragen nie nach einer E-Mail-Adresse, einem Bank-Passwort oder Geld.

about-keep-heading = Was wir behalten
about-keep = { $n ->
    [one] Die verschlossene Kopie ist weg, sobald sie geöffnet wurde oder ihre Zeit um ist. Danach behalten wir nur noch dies, { $n } Tag lang:
   *[other] Die verschlossene Kopie ist weg, sobald sie geöffnet wurde oder ihre Zeit um ist. Danach behalten wir nur noch dies, { $n } Tage lang:
}
about-keep-reading = Eine geöffnete Nachricht bleibt, bis ihre Seite geleert wird, höchstens { $span }.
about-keep-times = wann es erstellt wurde, wann es geöffnet wurde und wie es endete
about-keep-size = wie groß es ungefähr war und in wie vielen Teilen es ankam
about-keep-tries = wie viele falsche Passwörter probiert wurden
about-keep-words = einen Code des Browsers, der es geöffnet hat, für die drei Wörter zum Vergleichen
about-keep-list = Eine Liste des Gesendeten gibt es nur auf Wunsch. Nur der eigene Browser behält sie.
about-keep-not = Wir behalten keinen Namen, keine Internetadresse und keine Nachricht.

about-first-heading = So wird es vorher verschlossen
about-first = Ohne JavaScript verschließt { $site } die Nachricht. Dabei sieht { $site } sie einen Moment lang.
about-first-https = Schon vor dem Senden verschließen? Dann { $address } mit eingeschaltetem JavaScript benutzen.
about-first-how = Schon vor dem Senden verschließen? Dann JavaScript einschalten oder einen neueren Browser benutzen.

about-report-heading = Schädlichen Link melden
