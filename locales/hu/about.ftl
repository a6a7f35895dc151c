about-title = Így működik
about-intro = Lezárt boríték, amely csak egyszer bontható fel.

about-write-heading = Megírod
about-write = Üzenet, fájlok vagy mindkettő.
about-lock-heading = A böngésződ lezárja
about-lock = A kulcs a linkben van. A webhely ({ $site }) csak a lezárt másolatot kapja meg.
about-open-heading = A címzett egyszer megnyitja
about-open = Az látja, aki elsőként nyitja meg a linket.
about-gone-heading = Aztán eltűnik
about-gone = A nálunk lévő másolatot töröljük. Többé senki sem tudja megnyitni.

about-ask-heading = Kell valakitől valami?
about-ask = Készíts egy kérést. Kapsz egy linket, amelyet elküldhetsz, és egy privát linket. Az elsővel válaszolnak neked.
about-ask-keep = Amit küldenek, azt csak a privát linked nyitja meg. Őrizd meg. Mi nem tudjuk visszaszerezni.

about-who-heading = Ki olvashatja el?
about-who = Bárki, akinek megvan a link, egyszer. Adj meg jelszót is, ha mások látják a csevegésedet.
about-can-count = Látjuk, mekkora, és mikor nyitották meg.
about-cannot-read = Nem tudjuk elolvasni.
about-cannot-know = Nem tudhatjuk, ki nyitotta meg, és képernyőkép ellen sem tehetünk semmit.
about-cannot-return = Nem tudjuk visszaszerezni.

about-real-heading = Valódi a linkem?
about-real = Így kezdődik: { $address }.
about-real-never = Soha nem kérünk tőled e-mail-címet, banki jelszót vagy pénzt.

about-keep-heading = Mit őrzünk meg?
about-keep = { $n ->
    [one] A lezárt másolat törlődik, ha megnyitották, vagy letelt az ideje. Utána már csak ezeket őrizzük meg, még { $n } napig:
   *[other] A lezárt másolat törlődik, ha megnyitották, vagy letelt az ideje. Utána már csak ezeket őrizzük meg, még { $n } napig:
}
about-keep-reading = A megnyitott üzenet addig marad meg, amíg az olvasója ki nem törli, de legfeljebb ennyi ideig: { $span }.
about-keep-times = mikor készült, mikor nyitották meg, és mi lett vele
about-keep-size = körülbelül mekkora volt, és hány részben érkezett
about-keep-tries = hány rossz jelszóval próbálkoztak
about-keep-words = egy kód a böngészőből, amely megnyitotta, ahhoz a három szóhoz, amelyet összevethettek
about-keep-list = Ha listát kérsz arról, amit küldtél, azt csak a böngésződ őrzi.
about-keep-not = Nem őrizzük meg sem a neved, sem az internetcímed, sem az üzeneted.

about-first-heading = Hogyan zárd le előre?
about-first = JavaScript nélkül a webhely ({ $site }) végzi a lezárást. Így egy pillanatra látja az üzeneted.
about-first-https = Hogy már elküldés előtt le legyen zárva, ezt a címet használd, bekapcsolt JavaScripttel: { $address }.
about-first-how = Hogy már elküldés előtt le legyen zárva, kapcsold be a JavaScriptet, vagy használj újabb böngészőt.

about-report-heading = Káros link bejelentése
