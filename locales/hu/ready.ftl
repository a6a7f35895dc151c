ready-title = Kész a linked
ready-intro = Csak egy embernek küldd el
ready-once = Te ne nyisd meg. Csak egyszer nyitható meg.
ready-link = Link
ready-copy = Link másolása
ready-copy-note = Másolás rövid szöveggel
ready-note-language = A szöveg nyelve
ready-share = Megosztás
ready-share-failed = A megosztás nem sikerült. Másold ki a linket.
ready-note = Küldtem neked valamit. Csak egyszer nyitható meg, eddig: { $date }.
ready-by-hand = Nyomd meg hosszan a linket a másoláshoz.
copied = Kimásolva
ready-paste = Most illeszd be a csevegésbe.
copied-link = Link kimásolva
copy-failed = A másolás nem sikerült. A link ki van jelölve. Másold ki kézzel.

ready-more = Más módok: szöveg, QR-kód
ready-code-label = A link QR-kódja
ready-code-warning = Bárki meg tudja nyitni, aki ezt beolvassa.

ready-apart-heading = A jelszót más úton mondd el
ready-apart = A linket csevegésben küldd. A jelszót telefonon mondd el.
ready-password-copy = Jelszó másolása
ready-password-show = Jelszó megjelenítése
ready-password-hide = Jelszó elrejtése
copied-password = Jelszó kimásolva
copy-password-failed = A másolás nem sikerült. A jelszó ki van jelölve. Másold ki kézzel.

ready-opens = Megnyitható
ready-opens-once = Egyszer
ready-until = Ha nem nyitják meg, ekkor törlődik
ready-password = Jelszó
ready-password-yes = Van
ready-password-no = Nincs

ready-status-heading = Nézd meg, mikor nyitják meg
ready-status = Az állapotoldalt csak te láthatod. Őrizd meg a linkjét.
ready-status-link = Állapotoldal
ready-status-copy = Állapotlink másolása
ready-status-name = Állapotlink
ready-again = Másik küldése

already-title = Ezt a linket már elkészítetted
already = Nem őrzünk másolatot. Ha elveszett, készíts újat.
