give-title = Valaki kér tőled valamit
give-notice = Nem tudjuk, ki kéri. Előbb kérdezd meg azt, aki szerinted kéri. Soha ne küldj banki PIN-kódot vagy SMS-ben kapott kódot.
give-report = Átverés vagy fenyegetés? Ne küldj semmit. Szólj, és küldd el nekünk a linket: { $contact }
give-look = Nézd meg, mit kérnek
give-look-busy = Egy pillanat…
give-wrote = Ezt írta:
give-no-note = Nem írt mellé semmit.
give-until = Eddig küldhetsz: { $date }.
give-button = Küldés
give-busy = Küldés…
give-changed-title = Itt ne küldj semmit
give-changed-why = Ezt a linket megváltoztatták. Kérj újat.
give-changed = Itt ne küldj semmit. Ezt a linket megváltoztatták. Kérj újat.
give-link-is-private = Ez a te privát linked. Küldeni nem lehet vele. Nyisd meg, és látod, mi érkezett.

sent-title = Elküldve
sent = Csak az tudja megnyitni, aki kérte. Bezárhatod ezt az oldalt.
sent-by-site = Aki kérte, most már megnyithatja. Bezárhatod ezt az oldalt.

request-over-title = Ez a link már nem él
request-over-full-title = Minden kért válasz megjött
request-over-full = A link nem fogad többet.
request-over-expired = Letelt az ideje.
request-over-deleted = Leállította az, aki kérte.
request-over-removed = A webhely eltávolította. Valaki bejelentette.
request-over-nothing = Semmi sem lett elküldve.
