gone-title = Dette link virker ikke
gone = Det er blevet åbnet, tiden er gået, eller afsenderen slettede det. Eller også mangler en del af linket. Vi kan ikke sige hvilket.
gone-opened-title = Det er blevet åbnet
gone-opened = Det skete { $date }. Var det ikke dig? Sig det nu til afsenderen, som så kan ændre den adgangskode eller kode, der blev sendt.
gone-expired-title = Tiden er gået
gone-expired = Ingen åbnede det.
gone-deleted-title = Afsenderen slettede det
gone-deleted = Ingen åbnede det.
gone-removed-title = Webstedet fjernede det her
gone-removed = Ingen åbnede det. Nogen anmeldte det.

gone-do-heading = Det kan du gøre
gone-do-ask = Bed afsenderen om et nyt link.
gone-do-tell = Hvis du aldrig har åbnet det, så sig det til afsenderen. En anden kan have gjort det.
gone-do-report = Var det svindel eller en trussel? Fortæl os det, og send os linket: { $contact }
