create-title = Skicka något som öppnas en gång
create-intro = Skriv det eller lägg till filer. Skicka länken. Den öppnas en gång, sedan är allt borta.

create-server-locks = Inte låst i din webbläsare. { $site } låser det när det kommer fram.
create-lock-how = Så låser du det först
create-browser-locks = Låst i din webbläsare. { $site } kan inte läsa det.

create-needs-script-title = JavaScript måste vara på
create-needs-script = Den här webbplatsen tar bara emot det som är låst i din webbläsare. En gammal webbläsare kan inte låsa.
create-needs-https = Använd { $address } för att skicka.

create-message = Meddelande
create-message-hint = Ett lösenord, en kod, en kort text
create-message-left = { $n ->
    [one] { $n } tecken kvar
   *[other] { $n } tecken kvar
}
create-message-over = { $n ->
    [one] { $n } tecken för mycket
   *[other] { $n } tecken för mycket
}

create-files = Filer
create-files-hint = Upp till { $n }, högst { $max } sammanlagt.
create-files-full = Det finns ingen plats för filer just nu. Ett meddelande får plats.
create-files-last = Välj filer sist. Om något blir fel måste du välja dem igen.
create-files-choose = Lägg till filer
create-files-more = Lägg till fler filer
create-files-drop = Eller släpp dem på sidan.
create-files-veil = Släpp för att lägga till
create-files-remove = Ta bort
create-files-total = { $n ->
    [one] { $n } fil, { $size } av { $max }
   *[other] { $n } filer, { $size } av { $max }
}
create-files-show = { $n ->
    [one] Visa { $n } fil till
   *[other] Visa { $n } filer till
}
create-files-added = { $n ->
    [one] { $n } fil har lagts till
   *[other] { $n } filer har lagts till
}
create-shared = Det här kommer från en annan app eller webbplats. Ska det in i ditt meddelande?
create-shared-add = Lägg in det
create-shared-drop = Låt bli
create-files-slow = Stora filer tar några minuter. Låt den här sidan vara öppen.

create-lifetime = Hur länge får det vänta?
create-lifetime-hint = Inte öppnat i tid? Då raderas det.
create-more = Lösenord och exakt tid
create-password = Lägg till ett lösenord (valfritt)
create-password-hint = { $n ->
    [one] Använd minst { $n } tecken. Berätta det på ett annat sätt, till exempel genom att ringa.
   *[other] Använd minst { $n } tecken. Berätta det på ett annat sätt, till exempel genom att ringa.
}
create-password-make = Skapa ett åt mig
create-password-busy = Skapar ett…

create-until = Eller välj dag och tid (valfritt)
create-until-hint = { $from } till { $to } från nu

create-button = Skapa min länk
create-ask = Be någon skicka dig något
create-busy = Skapar din länk…

problem-message-empty = Skriv något eller välj en fil
problem-message-long = { $n ->
    [one] Gör meddelandet { $n } tecken kortare
   *[other] Gör meddelandet { $n } tecken kortare
}
problem-password-short = { $n ->
    [one] Gör lösenordet minst { $n } tecken långt
   *[other] Gör lösenordet minst { $n } tecken långt
}
problem-password-make = Vi kunde inte skapa något. Skriv ett eget
problem-lifetime = Välj när det ska raderas
problem-until = Välj en tid: { $from } till { $to } från nu
problem-until-part = Fyll i både dag och tid
problem-files-many = { $n ->
    [one] Välj högst { $n } fil
   *[other] Välj högst { $n } filer
}
problem-files-big = Dina filer är { $size }. De får vara högst { $max }
problem-file-big = { $name } är för stor. Den får vara högst { $max }
problem-file-empty = { $name } är tom. Välj en annan fil
problem-file-unreadable = Vi kan inte läsa { $name }. Är det en mapp? Gör en zip-fil av den först
problem-file-changed = { $name } har ändrats. Välj den igen
