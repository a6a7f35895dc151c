open-title = Jemand hat etwas gesendet
open-intro = Es geht nur einmal auf, dann wird es gelöscht.
open-expected = War das angekündigt?

open-notice = { $site } weiß nicht, wer es gesendet hat. Kommt es überraschend, zuerst nachfragen, am Telefon oder im Chat.

open-what-message = Eine Nachricht. Sie geht nur einmal auf, dann wird sie gelöscht.
open-what-files = Dateien, ungefähr { $size }. Sie gehen nur einmal auf, dann werden sie gelöscht.
open-before = Öffnen geht bis { $date }.
open-host = Die Adresse hier ist { $address }.

open-password = Das mitgeteilte Passwort
open-password-hint = Nicht das Passwort für E-Mail oder Bank
open-button = Jetzt öffnen
open-busy = Wird geöffnet …
open-not-you = Für jemand anders? Diese Seite schließen. Es wurde nichts geöffnet.
open-report = Ist es Betrug oder eine Drohung? Nicht öffnen. Uns Bescheid sagen und den Link schicken: { $contact }
open-elsewhere = Hat eine andere App diese Seite geöffnet?
open-elsewhere-why = Dort klappt das Speichern vielleicht nicht. Den Link kopieren und im eigenen Browser öffnen.
open-taking-over = Das wurde am { $date } schon in einer anderen App geöffnet. Hier weitermachen?
open-own = Dieser Link wurde in diesem Browser erstellt. Wird er jetzt geöffnet, kann ihn die andere Person nicht mehr öffnen.
open-own-anyway = Trotzdem öffnen

open-link = Den ganzen Link hier einfügen
open-link-hint = Wir brauchen den Teil nach dem #. Der Browser gibt ihn nicht an uns weiter.
open-password-maybe-hint = Nur nötig, wenn eins festgelegt wurde
open-server-unlocks = Ohne JavaScript muss { $site } das aufschließen. Die Website sieht es dabei einen Moment lang und behält keine Kopie.
open-server-unlocks-http = Ohne https muss { $site } das aufschließen. Die Website sieht es dabei einen Moment lang und behält keine Kopie.
open-needs-script = Zum Öffnen JavaScript einschalten oder einen neueren Browser benutzen. Noch ist nichts geöffnet.
open-needs-https = Zum Öffnen { $address } benutzen. Noch ist nichts geöffnet.

problem-password-needed = Das mitgeteilte Passwort eingeben
problem-password-not-right = Das Passwort stimmt nicht.
problem-password-wrong = { $n ->
    [one] Das Passwort stimmt nicht. Noch { $n } Versuch ist möglich.
   *[other] Das Passwort stimmt nicht. Noch { $n } Versuche sind möglich.
}
problem-password-wait = { $n ->
    [one] Zu viele Versuche. { $n } Minute warten.
   *[other] Zu viele Versuche. { $n } Minuten warten.
}
problem-lost = Diese Website hat einen Teil davon verloren. Bitte nach einem neuen Link fragen.
problem-link = Das ist kein ganzer Link. Noch einmal den ganzen kopieren.
problem-changed = Das wurde unterwegs verändert. Bitte nach einem neuen Link fragen.

damaged-title = Dieser Link ist unvollständig
damaged = Ein Teil davon ging verloren. Nichts wurde geöffnet.
damaged-own = Das ist der eigene Link der Person, die es gesendet hat. Er öffnet nichts. Bitte bei ihr nach dem anderen Link fragen.
damaged-link = Den ganzen Link einfügen
damaged-button = Mit diesem Link versuchen

open-terminal = Diesen Link in einem Browser öffnen. Nichts wurde geöffnet.
open-terminal-how = Den ganzen Link kopieren, auch den Teil nach dem #.
