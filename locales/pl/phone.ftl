offline-title = Brak internetu
offline = Serwis { $site } potrzebuje internetu. Czekające linki są bezpieczne.
offline-again = Spróbuj ponownie

share-title = Wybierz pliki ponownie
share = Nie zachowaliśmy niczego z tego, co udostępniasz.
