offline-title = Du har inget internet
offline = { $site } behöver internet. Länkar som väntar är säkra.
offline-again = Försök igen

share-title = Välj dina filer igen
share = Vi sparade inget av det du delade.
