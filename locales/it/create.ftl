create-title = Invia: si apre una volta sola
create-intro = Scrivi o aggiungi dei file. Invia il link. Si apre una volta sola, poi sparisce.

create-server-locks = Non viene chiuso a chiave nel tuo browser. { $site } lo chiude a chiave quando arriva.
create-lock-how = Come chiuderlo a chiave prima
create-browser-locks = Chiuso a chiave nel tuo browser. { $site } non può leggerlo.

create-needs-script-title = Attiva JavaScript per inviare
create-needs-script = Questo sito accetta solo ciò che è chiuso a chiave nel tuo browser. Un vecchio browser non sa farlo.
create-needs-https = Per inviare, usa { $address }.

create-message = Messaggio
create-message-hint = Una password, un codice, un appunto
create-message-left = { $n ->
    [one] Resta { $n } carattere
   *[other] Restano { $n } caratteri
}
create-message-over = { $n ->
    [one] { $n } carattere di troppo
   *[other] { $n } caratteri di troppo
}

create-files = File
create-files-hint = Fino a { $n }. In tutto, fino a { $max }.
create-files-full = Ora non c’è spazio per i file. Un messaggio ci sta ancora.
create-files-last = Scegli i file per ultimi. Se c’è un problema, dovrai sceglierli di nuovo.
create-files-choose = Aggiungi file
create-files-more = Aggiungi altri file
create-files-drop = Oppure trascinali in questa pagina.
create-files-veil = Rilascia per aggiungere
create-files-remove = Togli
create-files-total = { $n ->
    [one] { $n } file, { $size } su { $max }
   *[other] { $n } file, { $size } su { $max }
}
create-files-show = { $n ->
    [one] Mostra { $n } altro file
   *[other] Mostra altri { $n } file
}
create-files-added = { $n ->
    [one] { $n } file aggiunto
   *[other] { $n } file aggiunti
}
create-shared = Questo arriva da un’altra app o da un altro sito. Vuoi aggiungerlo al tuo messaggio?
create-shared-add = Aggiungilo
create-shared-drop = Lascialo fuori
create-files-slow = I file grandi richiedono qualche minuto. Tieni aperta questa pagina.

create-lifetime = Per quanto tempo può aspettare?
create-lifetime-hint = Se nessuno lo apre in tempo, viene eliminato.
create-more = Password e ora esatta
create-password = Aggiungi una password (facoltativo)
create-password-hint = { $n ->
    [one] Almeno { $n } carattere. Comunicala in un altro modo, per esempio al telefono.
   *[other] Almeno { $n } caratteri. Comunicala in un altro modo, per esempio al telefono.
}
create-password-make = Creane una per me
create-password-busy = Un attimo…

create-until = Oppure scegli giorno e ora (facoltativo)
create-until-hint = Tra { $from } e { $to } da adesso

create-button = Crea il mio link
create-ask = Chiedi a qualcuno di inviarti qualcosa
create-busy = Creazione del link…

problem-message-empty = Scrivi qualcosa o scegli un file
problem-message-long = { $n ->
    [one] Accorcia il messaggio di { $n } carattere
   *[other] Accorcia il messaggio di { $n } caratteri
}
problem-password-short = { $n ->
    [one] Scegli una password di almeno { $n } carattere
   *[other] Scegli una password di almeno { $n } caratteri
}
problem-password-make = Non siamo riusciti a crearne una. Scrivi la tua
problem-lifetime = Scegli quando eliminarlo
problem-until = Scegli un momento tra { $from } e { $to } da adesso
problem-until-part = Indica sia il giorno sia l’ora
problem-files-many = { $n ->
    [one] Scegli al massimo { $n } file
   *[other] Scegli al massimo { $n } file
}
problem-files-big = I tuoi file occupano { $size }. Il massimo è { $max }
problem-file-big = { $name } è troppo grande. Il massimo è { $max }
problem-file-empty = { $name } è vuoto. Scegli un altro file
problem-file-unreadable = Non riusciamo a leggere { $name }. Se è una cartella, prima trasformala in un file zip
problem-file-changed = { $name } è cambiato. Sceglilo di nuovo
