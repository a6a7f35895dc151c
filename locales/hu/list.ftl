list-keep = Lista ezen az eszközön
list-hint = A listán az innen küldött dolgok állapotlinkjei vannak. Aki ezt a böngészőt használja, láthatja a listát. Privát ablakból eltűnik, amikor az ablak bezárul.
list-kept = Rajta van ennek az eszköznek a listáján.
list-see = Lista megnyitása
list-not-kept = A böngésződ itt nem őriz listát. Őrizd meg az állapotlinket.

list-title = Erről az eszközről elküldve
list-made = Elküldve: { $date }
list-empty = A lista üres.
list-gone = Már nincs meg
list-unknown = Nem sikerült ellenőrizni. Töltsd be újra az oldalt.
list-forget = Elfelejtés
list-forgotten = Elfelejtve
list-forget-all = Összes elfelejtése
list-forgotten-all = Mindet elfelejtettük. Most nem vezetünk listát.
