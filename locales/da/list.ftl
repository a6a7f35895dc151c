list-keep = Gem en liste på denne enhed
list-hint = Listen har statuslinkene til det, du sender her. Den, der bruger denne browser, kan se den. Et privat vindue mister den, når det lukker.
list-kept = Det er på listen på denne enhed.
list-see = Se listen
list-not-kept = Din browser gemmer ingen liste her. Gem statuslinket.

list-title = Sendt fra denne enhed
list-made = Sendt { $date }
list-empty = Listen er tom.
list-gone = Findes ikke mere
list-unknown = Vi kunne ikke tjekke det. Indlæs siden igen.
list-forget = Glem
list-forgotten = Fjernet fra listen
list-forget-all = Glem alle
list-forgotten-all = Alt er fjernet fra listen. Vi gemmer ingen liste nu.
