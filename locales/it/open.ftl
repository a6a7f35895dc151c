open-title = Qualcuno ti ha inviato qualcosa
open-intro = Si apre una volta sola, poi viene eliminato.
open-expected = Lo aspettavi?

open-notice = { $site } non sa chi l’ha inviato. Se non lo aspettavi, prima chiedi, al telefono o in chat.

open-what-message = Un messaggio. Si apre una volta sola, poi viene eliminato.
open-what-files = Dei file, circa { $size }. Si aprono una volta sola, poi vengono eliminati.
open-before = Aprilo entro { $date }.
open-host = Sei su { $address }.

open-password = Password che ti hanno dato
open-password-hint = Non quella della tua email o della banca
open-button = Apri ora
open-busy = Apertura…
open-not-you = Non è per te? Chiudi questa pagina. Non è stato aperto niente.
open-report = È una truffa o una minaccia? Non aprirlo. Avvisaci e inviaci il link: { $contact }
open-elsewhere = Un’altra app ha aperto questa pagina?
open-elsewhere-why = Lì potresti non riuscire a salvare. Copia il link e aprilo nel tuo browser.
open-taking-over = L’hai aperto in un’altra app { $date }. Vuoi continuare qui?
open-own = Hai creato tu questo link. Se lo apri, l’altra persona non potrà più aprirlo.
open-own-anyway = Apri lo stesso

open-link = Incolla qui il link intero
open-link-hint = Ci serve la parte dopo #. Il tuo browser non ce la mostra.
open-password-maybe-hint = Solo se te ne hanno data una
open-server-unlocks = Senza JavaScript, è { $site } ad aprirlo con la chiave. Lo vede per un momento e non ne tiene nessuna copia.
open-server-unlocks-http = Senza https, è { $site } ad aprirlo con la chiave. Lo vede per un momento e non ne tiene nessuna copia.
open-needs-script = Per aprirlo, attiva JavaScript o usa un browser più recente. Non è ancora stato aperto niente.
open-needs-https = Per aprirlo, usa { $address }. Non è ancora stato aperto niente.

problem-password-needed = Scrivi la password che ti hanno dato
problem-password-not-right = La password non è giusta.
problem-password-wrong = { $n ->
    [one] La password non è giusta. Puoi provare ancora { $n } volta.
   *[other] La password non è giusta. Puoi provare ancora { $n } volte.
}
problem-password-wait = { $n ->
    [one] Troppi tentativi. Aspetta { $n } minuto.
   *[other] Troppi tentativi. Aspetta { $n } minuti.
}
problem-lost = Questo sito ne ha perso una parte. Chiedi un nuovo link.
problem-link = Il link non è intero. Copialo tutto di nuovo.
problem-changed = È stato modificato lungo il percorso. Chiedi un nuovo link.

damaged-title = Questo link non è completo
damaged = Se n’è persa una parte. Non è stato aperto niente.
damaged-own = Questo è il link personale di chi invia. Non apre niente. Chiedi a quella persona l’altro link.
damaged-link = Incolla il link intero
damaged-button = Prova questo link

open-terminal = Apri questo link in un browser. Non è stato aperto niente.
open-terminal-how = Copialo tutto, anche la parte dopo #.
