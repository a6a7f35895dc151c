list-keep = Tieni un elenco sul dispositivo
list-hint = L’elenco contiene i link di controllo di ciò che invii da qui. Chi usa questo browser può vederlo. Una finestra privata lo perde quando si chiude.
list-kept = È nell’elenco su questo dispositivo.
list-see = Vedi l’elenco
list-not-kept = Qui il tuo browser non tiene elenchi. Conserva il link di controllo.

list-title = Inviati da questo dispositivo
list-made = Inviato { $date }
list-empty = L’elenco è vuoto.
list-gone = Non c’è più
list-unknown = Non siamo riusciti a controllare. Ricarica la pagina.
list-forget = Dimentica
list-forgotten = Dimenticato
list-forget-all = Dimentica tutto
list-forgotten-all = Tutto dimenticato. Ora non teniamo nessun elenco.
