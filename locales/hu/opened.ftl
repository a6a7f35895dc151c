opened-title-message = Itt az üzeneted
opened-title-files = Itt vannak a fájljaid
opened-title-both = Ezt küldték neked

opened-deleted = Törölve innen: { $site }. Most már csak ezen az oldalon van meg.
opened-reading = A webhely ({ $site }) csak ehhez az oldalhoz őrzi meg, eddig: { $date }. Ha újra látni szeretnéd, töltsd be újra az oldalt.
opened-reading-within = Ha újra látni szeretnéd, töltsd be újra ezt az oldalt. A webhely ({ $site }) legkésőbb { $span } múlva törli a másolatát.
opened-within = A webhely ({ $site }) legkésőbb { $span } múlva törli a másolatát.
opened-message = Üzenet
opened-copy = Másolás
opened-copied = Üzenet kimásolva
opened-copy-failed = A másolás nem sikerült. Az üzenet ki van jelölve. Másold ki kézzel.
opened-unfold = A többi megjelenítése
opened-fold = Kevesebb megjelenítése
opened-align = Megjelenítés oszlopokban
opened-wrap = Sorok tördelése
opened-save = Mentés fájlként
opened-file-name = üzenet

opened-files = Fájlok
opened-count = { $n ->
    [one] { $n } fájl, { $size }
   *[other] { $n } fájl, { $size }
}
opened-files-notice = Csak olyan fájlt nyiss meg, amelyre számítottál.
opened-keeping-minutes = { $n ->
    [one] Még körülbelül { $n } percig itt van
   *[other] Még körülbelül { $n } percig itt van
}
opened-keeping-hours = { $n ->
    [one] Még körülbelül egy óráig itt van
   *[other] Még körülbelül { $n } óráig itt van
}
opened-all-saved = Minden mentve. Törölve innen: { $site }.
opened-file-save = Mentés
opened-file-saving = Mentés: { $n }%
opened-file-saved = Mentve.
opened-file-again = Újra
opened-file-failed = Nem sikerült menteni.
opened-file-retry = Újrapróbálás
opened-share = Mentés vagy megosztás
opened-blocked = Ez az alkalmazás nem engedi a mentést. Nyisd meg a linket a böngésződben. Ennyi időd van rá: { $grace }.
opened-save-all = Összes mentése
opened-downloaded = Minden fájl a letöltéseid közé került. Nézd meg, hogy megnyílnak-e.
opened-have-all = Mind megvan. Törlés
opened-program = Ez egy program. Csak akkor indítsd el, ha megbízol a feladóban.
opened-renamed = Ezt a nevet megváltoztattuk, hogy minden eszköz el tudja menteni a fájlt.
opened-over = Ezeket a fájlokat itt most nem tudod menteni. Letelt az idejük, vagy másik böngészőben folytattad.
opened-no-room = Ennek a fájlnak nincs hely az eszközödön.
opened-holds = A böngésződnek előbb az egész fájlt be kell töltenie, csak utána tudja menteni. Nagy fájlokkal ez nem mindig sikerül.
opened-picture = Kép mutatása
opened-picture-alt = Kép: { $name }
opened-picture-failed = Ezt a képet nem tudjuk megmutatni. Inkább mentsd el.
opened-play = Lejátszás
opened-player = Lejátszó: { $name }
opened-play-failed = Ezt nem tudjuk lejátszani. Inkább mentsd el.
opened-words = Ha a feladó megkérdezi, ki nyitotta meg, mondd neki ezeket a szavakat: { $words }. Lehet, hogy ő is látja őket.
opened-clear = Elmentettem. Oldal ürítése
opened-done-title = Kész
opened-done = Semmi sem maradt a webhelyen ({ $site }), és ezen az oldalon sem.
opened-done-until = Ezen az oldalon semmi sem maradt. A webhely ({ $site }) legkésőbb ekkor törli a másolatát: { $date }.
opened-back = Küldj vissza valamit
