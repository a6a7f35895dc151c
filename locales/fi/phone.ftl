offline-title = Et ole verkossa
offline = { $site } tarvitsee internetin. Odottavat linkit ovat tallessa.
offline-again = Yritä uudelleen

share-title = Valitse tiedostot uudelleen
share = Emme säilyttäneet mitään siitä, mitä jaoit.
