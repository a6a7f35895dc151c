list-keep = Prowadź listę na tym urządzeniu
list-hint = Na liście są linki do statusu tego, co stąd wysyłasz. Może ją zobaczyć każdy, kto używa tej przeglądarki. Okno prywatne traci ją po zamknięciu.
list-kept = To jest na liście na tym urządzeniu.
list-see = Zobacz listę
list-not-kept = Twoja przeglądarka nie przechowuje tu listy. Zachowaj link do statusu.

list-title = Wysłane z tego urządzenia
list-made = Wysłano: { $date }
list-empty = Lista jest pusta.
list-gone = Już tego nie ma
list-unknown = Nie udało się sprawdzić. Wczytaj stronę ponownie.
list-forget = Zapomnij
list-forgotten = Zapomniane
list-forget-all = Zapomnij wszystko
list-forgotten-all = Wszystko zapomniane. Nie prowadzimy już listy.
