gone-title = Dieser Link funktioniert nicht
gone = Es wurde geöffnet, die Zeit ist um, oder es wurde von der Person gelöscht, die es gesendet hat. Oder ein Teil des Links fehlt. Was davon stimmt, können wir nicht sagen.
gone-opened-title = Das wurde geöffnet
gone-opened = Am { $date }. Nicht selbst geöffnet? Dann gleich der Person Bescheid sagen, die es gesendet hat. So kann sie das gesendete Passwort oder den Code ändern.
gone-expired-title = Die Zeit ist um
gone-expired = Niemand hat es geöffnet.
gone-deleted-title = Vor dem Öffnen gelöscht
gone-deleted = Die Person, die es gesendet hat, hat es gelöscht. Niemand hat es geöffnet.
gone-removed-title = Von der Website entfernt
gone-removed = Niemand hat es geöffnet. Jemand hat es gemeldet.

gone-do-heading = Was jetzt hilft
gone-do-ask = Bei der Person, die es gesendet hat, nach einem neuen Link fragen.
gone-do-tell = Nie selbst geöffnet? Dann der Person Bescheid sagen, die es gesendet hat. Vielleicht war es jemand anders.
gone-do-report = War es Betrug oder eine Drohung? Uns Bescheid sagen und den Link schicken: { $contact }
