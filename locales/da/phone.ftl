offline-title = Du er offline
offline = { $site } har brug for internettet. Links, der venter, går ikke tabt.
offline-again = Prøv igen

share-title = Vælg dine filer igen
share = Vi har ikke gemt noget af det, du delte.
