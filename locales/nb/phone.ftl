offline-title = Du er uten nett
offline = { $site } trenger internett. Lenker som venter, er trygge.
offline-again = Prøv igjen

share-title = Velg filene dine på nytt
share = Vi beholdt ingenting av det du delte.
