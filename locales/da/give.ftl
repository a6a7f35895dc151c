give-title = Nogen beder dig om noget
give-notice = Vi ved ikke, hvem der beder om det. Tjek med personen først. Send aldrig din pinkode fra banken eller en kode fra en sms.
give-report = Er det svindel eller en trussel? Send ikke noget. Fortæl os det, og send os linket: { $contact }
give-look = Se, hvad der bliver bedt om
give-look-busy = Kigger…
give-wrote = Der står:
give-no-note = Der står ikke noget.
give-until = Du kan sende indtil { $date }.
give-button = Send
give-busy = Sender…
give-changed-title = Send ikke noget her
give-changed-why = Dette link er blevet ændret. Bed om et nyt.
give-changed = Send ikke noget her. Dette link er blevet ændret. Bed om et nyt.
give-link-is-private = Det er dit private link. Du kan ikke sende med det. Åbn det for at se, hvad der er kommet.

sent-title = Sendt
sent = Kun den, der bad om det, kan åbne det. Du kan lukke denne side.
sent-by-site = Den, der bad om det, kan åbne det nu. Du kan lukke denne side.

request-over-title = Dette link er lukket
request-over-full-title = Alt er allerede kommet
request-over-full = Linket tager ikke imod mere.
request-over-expired = Tiden er gået.
request-over-deleted = Den, der bad om det, lukkede linket.
request-over-removed = Webstedet fjernede det her. Nogen anmeldte det.
request-over-nothing = Der blev ikke sendt noget.
