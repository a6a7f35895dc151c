offline-title = Je bent offline
offline = { $site } heeft internet nodig. Wachtende links zijn veilig.
offline-again = Opnieuw proberen

share-title = Kies je bestanden opnieuw
share = We hebben niets bewaard van wat je deelde.
