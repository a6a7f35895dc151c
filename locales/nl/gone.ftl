gone-title = Deze link werkt niet
gone = Het is geopend, de tijd is om, of de afzender heeft het verwijderd. Of er ontbreekt een deel van de link. Welke van deze het is, kunnen we je niet zeggen.
gone-opened-title = Dit is geopend
gone-opened = Op { $date }. Was jij dat niet? Zeg het nu tegen de afzender. Die kan dan het gestuurde wachtwoord of de code veranderen.
gone-expired-title = De tijd is om
gone-expired = Niemand heeft het geopend.
gone-deleted-title = Door de afzender verwijderd
gone-deleted = Niemand heeft het geopend.
gone-removed-title = De site heeft dit weggehaald
gone-removed = Niemand heeft het geopend. Iemand heeft het gemeld.

gone-do-heading = Wat je kunt doen
gone-do-ask = Vraag de afzender om een nieuwe link.
gone-do-tell = Heb jij het nooit geopend? Zeg dat dan tegen de afzender. Misschien deed iemand anders het.
gone-do-report = Was het oplichting of een bedreiging? Laat het ons weten en stuur ons de link: { $contact }
