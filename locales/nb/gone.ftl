gone-title = Denne lenken virker ikke
gone = Det er åpnet, tiden er ute, eller avsenderen har slettet det. Eller så mangler en del av lenken. Vi kan ikke si hva som stemmer.
gone-opened-title = Dette er åpnet
gone-opened = Åpnet { $date }. Var det ikke deg? Si fra til avsenderen nå, så avsenderen kan bytte passordet eller koden som sto i det.
gone-expired-title = Tiden er ute
gone-expired = Ingen åpnet det.
gone-deleted-title = Avsenderen slettet dette
gone-deleted = Ingen åpnet det.
gone-removed-title = Nettstedet fjernet dette
gone-removed = Ingen åpnet det. Noen meldte fra om det.

gone-do-heading = Dette kan du gjøre
gone-do-ask = Be avsenderen om en ny lenke.
gone-do-tell = Hvis du aldri åpnet det, si fra til avsenderen. Noen andre kan ha gjort det.
gone-do-report = Var det svindel eller en trussel? Si fra til oss, og send oss lenken: { $contact }
