request-title = Kérj valamit
request-intro = Készíts egy linket. A másik ember ezzel küld neked üzenetet vagy fájlokat.
request-intro-only = Csak te tudod megnyitni őket.
request-server-locks = Ezt nem a böngésződ zárja le. A webhely ({ $site }) zárja le, amikor megérkezik, és nem őriz meg kulcsot.
request-needs-script = Ez a webhely csak azt fogadja el, amit a böngésződ lezárt.
request-note = Mire van szükséged? (nem kötelező)
request-note-hint = Bárki elolvashatja, akinek megvan a link
request-answers = Hány választ szeretnél?
request-count = { $n ->
    [one] { $n } válasz
   *[other] { $n } válasz
}
request-lifetime = A link ennyi idő múlva leáll
request-button = Link készítése a kéréshez
request-busy = Készülnek a linkjeid…
request-preview = Ezt fogja látni a másik ember
problem-note-long = Írd rövidebbre

request-ready-title = Két linked van
request-ready-send = Ezt küldd el
request-ready-send-name = Elküldendő link
request-ready-until = Eddig fogad választ: { $date }.
request-ready-keep = Ezt őrizd meg
request-ready-keep-name = A privát linked
request-ready-why = Csak ezzel tudod megnyitni a választ. Ezt a linket nem tudjuk visszaszerezni.
request-ready-both = Mielőtt elmész, tedd el mindkét linket.
request-note-shared = Kérlek, ezzel a linkkel küldd el nekem. Eddig működik: { $date }.
request-code = QR-kód
request-code-warning = Bárki válaszolni tud neked, aki ezt beolvassa.
request-keep-copy = Privát link másolása
request-keep-share = Küldés magamnak
request-keep-shared = A privát linkem. Ez nyitja meg, amit nekem küldenek. Ne add tovább.
request-keep-print = Nyomtatás
request-keep-done = Olyan helyen tartsd, ahová csak te nézel be.
request-keep-code = A privát linked QR-kódja
request-keep-code-warning = Bárki meg tudja nyitni a válaszaidat, aki ezt beolvassa.

collect-heading = Kértél már valamit?
collect-link = Illeszd be a privát linkedet
collect-button = Nézd meg, mi érkezett
collect-none-title = Még nem érkezett semmi
collect-never-title = Nem érkezett semmi
collect-title = { $n ->
    [one] Megjött a válaszod
   *[other] { $n } válasz megjött
}
collect-open = A link eddig fogad választ: { $date }.
collect-full = Minden válasz megérkezett. A link leállt.
collect-expired = Letelt az ideje. A link leállt.
collect-deleted = Leállítottad a linket.
collect-removed = A webhely eltávolította. Valaki bejelentette.
collect-answer = { $n }. válasz
collect-came = Ekkor érkezett: { $date }.
collect-once = Mindegyik csak egyszer nyitható meg. Aztán törlődik.
collect-changed = Ez útközben megváltozott. Kérd újra.
collect-message = Üzenet.
collect-files = Fájlok, körülbelül { $size }.
collect-unsaved = Megnyitva. Eddig folytathatod: { $date }.
collect-opened = Megnyitva: { $date }.
collect-gone = Már nincs meg. Kérd újra.
collect-asked = Ezt kérted:
collect-again = Új kérés
collect-end = Link leállítása
collect-end-title = Leállítod a linket?
collect-end-text = Több nem jöhet. Ami megjött, itt marad.
collect-end-yes = Leállítás
collect-end-busy = Leállítás…
collect-end-no = Maradjon nyitva

problem-link-is-to-send = Ez az elküldendő link. A privát linkedet illeszd be.
problem-link-is-of-share = Ez másfajta link.
