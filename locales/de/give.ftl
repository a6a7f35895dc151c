give-title = Jemand bittet um etwas
give-notice = Wir wissen nicht, wer darum bittet. Zuerst bei der Person nachfragen. Nie eine Bank-PIN oder einen Code aus einer SMS senden.
give-report = Ist es Betrug oder eine Drohung? Nichts senden. Uns Bescheid sagen und den Link schicken: { $contact }
give-look = Anfrage ansehen
give-look-busy = Einen Moment …
give-wrote = Die Person schreibt:
give-no-note = Es steht nichts dabei.
give-until = Senden geht bis { $date }.
give-button = Senden
give-busy = Wird gesendet …
give-changed-title = Hier nichts senden
give-changed-why = Dieser Link wurde verändert. Bitte nach einem neuen fragen.
give-changed = Hier nichts senden. Dieser Link wurde verändert. Bitte nach einem neuen fragen.
give-link-is-private = Das ist der private Link. Senden geht damit nicht. Er öffnet, was angekommen ist.

sent-title = Gesendet
sent = Nur die Person, die darum gebeten hat, kann es öffnen. Diese Seite kann jetzt geschlossen werden.
sent-by-site = Die Person, die darum gebeten hat, kann es jetzt öffnen. Diese Seite kann jetzt geschlossen werden.

request-over-title = Dieser Link ist geschlossen
request-over-full-title = Es ist schon alles da
request-over-full = Der Link nimmt nichts mehr an.
request-over-expired = Die Zeit ist um.
request-over-deleted = Die Person, die darum gebeten hat, hat ihn geschlossen.
request-over-removed = Die Website hat das entfernt. Jemand hat es gemeldet.
request-over-nothing = Es wurde nichts gesendet.
