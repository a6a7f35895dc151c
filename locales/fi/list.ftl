list-keep = Pidä listaa tällä laitteella
list-hint = Listalla ovat seurantalinkit siihen, mitä lähetät täältä. Kuka tahansa tämän selaimen käyttäjä voi nähdä listan. Yksityisessä ikkunassa se häviää, kun ikkuna suljetaan.
list-kept = Se on tämän laitteen listalla.
list-see = Katso lista
list-not-kept = Selaimesi ei pidä listaa täällä. Pidä seurantalinkki tallessa.

list-title = Tältä laitteelta lähetetyt
list-made = Lähetetty { $date }
list-empty = Lista on tyhjä.
list-gone = Ei enää olemassa
list-unknown = Tarkistus ei onnistunut. Lataa sivu uudelleen.
list-forget = Unohda
list-forgotten = Unohdettu
list-forget-all = Unohda kaikki
list-forgotten-all = Kaikki unohdettu. Emme pidä nyt listaa.
