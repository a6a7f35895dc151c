gone-title = Den här länken fungerar inte
gone = Det har öppnats, tiden är slut eller avsändaren raderade det. Eller så saknas en del av länken. Vi kan inte säga vilket.
gone-opened-title = Det här har öppnats
gone-opened = Det öppnades { $date }. Var det inte du? Berätta det nu för avsändaren, som då kan byta lösenordet eller koden som skickades.
gone-expired-title = Tiden är slut
gone-expired = Ingen öppnade det.
gone-deleted-title = Avsändaren raderade det här
gone-deleted = Ingen öppnade det.
gone-removed-title = Borttaget av webbplatsen
gone-removed = Ingen öppnade det. Någon anmälde det.

gone-do-heading = Det här kan du göra
gone-do-ask = Be avsändaren om en ny länk.
gone-do-tell = Om du aldrig öppnade det, berätta det för avsändaren. Någon annan kan ha gjort det.
gone-do-report = Var det en bluff eller ett hot? Berätta för oss och skicka länken till oss: { $contact }
