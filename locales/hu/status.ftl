status-title = Nézd meg, megnyitották-e
status-link = Illeszd be az állapotlinkedet
status-check = Ellenőrzés

status-waiting-title = Még nem nyitották meg
status-waiting = Ekkor törlődik: { $date }.
status-wrong-passwords = { $n ->
    [one] Eddig { $n } rossz jelszó.
   *[other] Eddig { $n } rossz jelszó.
}
status-opened-title = Megnyitva és törölve
status-opened = Megnyitva: { $date }.
status-reading-title = Megnyitva
status-reading = Aki megnyitotta, eddig olvashatja el újra: { $date }. Aztán törlődik.
status-unsaved-title = Megnyitva, a fájlok megvannak
status-unsaved = Aki megnyitotta, eddig mentheti el a fájlokat: { $date }.
status-words = Aki megnyitotta, ezeket a szavakat látja: { $words }. Hívd fel, akinek küldted, és kérdezd meg.
status-expired-title = Letelt az ideje
status-expired = Senki sem nyitotta meg. Törölve van.
status-deleted-title = Te törölted
status-deleted = Törölve: { $date }. Senki sem nyitotta meg.

status-removed-title = A webhely eltávolította
status-removed = Eltávolítva: { $date }. Senki sem nyitotta meg. Valaki bejelentette.
status-moved = Aki megnyitotta, másik böngészőben folytatta, ekkor: { $date }.
status-lost = A webhely elvesztette a fájlok egy részét. Kérjük, küldd el őket újra.

status-step-made = Link kész
status-step-opened = Megnyitva
status-step-unopened = Nincs megnyitva
status-step-deleted = Törölve
status-nothing-left = A webhelyen ({ $site }) semmi sem maradt.
status-not-them = Nem az nyitotta meg, akinek küldted? Változtasd meg a jelszót vagy kódot, amelyet küldtél.

status-updates = Ez az oldal magától frissül.
status-private = Ez az oldal csak neked szól. A linkje eddig működik: { $date }.
status-checked = Ellenőrizve: { $date }.
status-again = Ellenőrzés újra
status-busy = Ellenőrzés…

status-delete = Törlés most
status-delete-title = Törlöd most?
status-delete-text = A link nem fog többé működni. Ezt nem lehet visszavonni.
status-delete-yes = Törlés
status-delete-busy = Törlés…
status-delete-no = Maradjon meg
status-other-link = Ez az elküldendő link. A saját állapotlinkedet illeszd be.
