list-keep = Spara en lista på enheten
list-hint = Listan har statuslänkarna till det du skickar här. Den som använder den här webbläsaren kan se den. Ett privat fönster glömmer den när det stängs.
list-kept = Det finns på listan på den här enheten.
list-see = Se listan
list-not-kept = Din webbläsare sparar ingen lista här. Spara statuslänken.

list-title = Skickat från den här enheten
list-made = Skickat { $date }
list-empty = Listan är tom.
list-gone = Finns inte kvar
list-unknown = Vi kunde inte kontrollera det. Läs in sidan igen.
list-forget = Glöm
list-forgotten = Borttaget från listan
list-forget-all = Glöm alla
list-forgotten-all = Allt är borttaget från listan. Vi sparar ingen lista nu.
