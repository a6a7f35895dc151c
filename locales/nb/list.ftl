list-keep = Ha en liste på denne enheten
list-hint = På listen står statuslenkene til det du sender herfra. Alle som bruker denne nettleseren, kan se listen. I et privat vindu blir den borte når vinduet lukkes.
list-kept = Det står på listen på denne enheten.
list-see = Se listen
list-not-kept = Nettleseren din lagrer ingen liste her. Ta vare på statuslenken.

list-title = Sendt fra denne enheten
list-made = Sendt { $date }
list-empty = Listen er tom.
list-gone = Finnes ikke lenger
list-unknown = Vi fikk ikke sjekket. Last siden på nytt.
list-forget = Glem
list-forgotten = Glemt
list-forget-all = Glem alt
list-forgotten-all = Alt er glemt. Nå har vi ingen liste.
