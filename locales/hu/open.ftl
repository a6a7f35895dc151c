open-title = Valaki küldött neked valamit
open-intro = Csak egyszer nyitható meg, aztán törlődik.
open-expected = Számítottál erre?

open-notice = A webhely ({ $site }) nem tudja, ki küldte. Ha nem számítottál rá, előbb kérdezd meg a feladót telefonon vagy csevegésben.

open-what-message = Üzenet. Csak egyszer nyitható meg, aztán törlődik.
open-what-files = Fájlok, körülbelül { $size }. Csak egyszer nyithatók meg, aztán törlődnek.
open-before = Eddig nyisd meg: { $date }.
open-host = Itt vagy: { $address }.

open-password = Jelszó a feladótól
open-password-hint = Nem az e-mailed vagy a bankod jelszava
open-button = Megnyitás most
open-busy = Megnyitás…
open-not-you = Nem neked szól? Zárd be ezt az oldalt. Semmi sem nyílt meg.
open-report = Átverés vagy fenyegetés? Ne nyisd meg. Szólj, és küldd el nekünk a linket: { $contact }
open-elsewhere = Másik alkalmazás nyitotta meg ezt az oldalt?
open-elsewhere-why = Ott lehet, hogy nem sikerül menteni. Másold ki a linket, és nyisd meg a böngésződben.
open-taking-over = Ezt már megnyitottad egy másik alkalmazásban, ekkor: { $date }. Folytatod itt?
open-own = Ezt a linket te készítetted. Ha megnyitod, a címzett már nem tudja megnyitni.
open-own-anyway = Megnyitás mégis

open-link = Illeszd be ide az egész linket
open-link-hint = A # utáni részre van szükségünk. A böngésződ azt nem küldi el nekünk.
open-password-maybe-hint = Csak ha a feladó adott meg jelszót
open-server-unlocks = JavaScript nélkül a webhely ({ $site }) nyitja ki a zárat. Egy pillanatra látja a tartalmat, de nem őriz meg másolatot.
open-server-unlocks-http = Https nélkül a webhely ({ $site }) nyitja ki a zárat. Egy pillanatra látja a tartalmat, de nem őriz meg másolatot.
open-needs-script = A megnyitáshoz kapcsold be a JavaScriptet, vagy használj újabb böngészőt. Még semmi sem nyílt meg.
open-needs-https = Ezen a címen nyithatod meg: { $address }. Még semmi sem nyílt meg.

problem-password-needed = Írd be a jelszót, amelyet a feladó mondott
problem-password-not-right = Ez a jelszó nem jó.
problem-password-wrong = { $n ->
    [one] Ez a jelszó nem jó. Még { $n } alkalommal próbálhatod.
   *[other] Ez a jelszó nem jó. Még { $n } alkalommal próbálhatod.
}
problem-password-wait = { $n ->
    [one] Túl sok próbálkozás. Várj { $n } percet.
   *[other] Túl sok próbálkozás. Várj { $n } percet.
}
problem-lost = A webhely elvesztette egy részét. Kérj új linket.
problem-link = Ez nem a teljes link. Másold ki újra az egészet.
problem-changed = Ez útközben megváltozott. Kérj új linket.

damaged-title = Ez a link nem teljes
damaged = Egy része elveszett. Semmi sem nyílt meg.
damaged-own = Ez a feladó saját linkje. Nem nyit meg semmit. Kérd el tőle a másik linket.
damaged-link = Illeszd be az egész linket
damaged-button = Link kipróbálása

open-terminal = Ezt a linket böngészőben nyisd meg. Semmi sem nyílt meg.
open-terminal-how = Másold ki az egészet, a # utáni részt is.
