opened-title-message = Här är ditt meddelande
opened-title-files = Här är dina filer
opened-title-both = Det här har du fått

opened-deleted = Det är raderat från { $site }. Nu finns det bara på den här sidan.
opened-reading = { $site } har kvar det fram till { $date }, bara för den här sidan. Läs in sidan på nytt för att se det igen.
opened-reading-within = Läs in sidan på nytt för att se det igen. { $site } raderar sin kopia inom { $span }.
opened-within = { $site } raderar sin kopia inom { $span }.
opened-message = Meddelande
opened-copy = Kopiera
opened-copied = Meddelandet är kopierat
opened-copy-failed = Det gick inte att kopiera. Meddelandet är markerat. Kopiera det själv.
opened-unfold = Visa resten
opened-fold = Visa mindre
opened-align = Visa som kolumner
opened-wrap = Bryt raderna
opened-save = Spara som fil
opened-file-name = meddelande

opened-files = Filer
opened-count = { $n ->
    [one] { $n } fil, { $size }
   *[other] { $n } filer, { $size }
}
opened-files-notice = Öppna bara filer som du väntade dig.
opened-keeping-minutes = { $n ->
    [one] Finns kvar i ungefär { $n } minut
   *[other] Finns kvar i ungefär { $n } minuter
}
opened-keeping-hours = { $n ->
    [one] Finns kvar i ungefär en timme
   *[other] Finns kvar i ungefär { $n } timmar
}
opened-all-saved = Allt är sparat. Raderat från { $site }.
opened-file-save = Spara
opened-file-saving = Sparar { $n } %
opened-file-saved = Sparad.
opened-file-again = Igen
opened-file-failed = Sparades inte.
opened-file-retry = Försök igen
opened-share = Spara eller dela
opened-blocked = Den här appen hindrar dig från att spara. Öppna länken i din webbläsare inom { $grace }.
opened-save-all = Spara alla
opened-downloaded = Alla filer gick till dina nedladdningar. Kontrollera att de går att öppna.
opened-have-all = Jag har alla. Radera dem
opened-program = Ett program. Starta det bara om du litar på avsändaren.
opened-renamed = Vi ändrade namnet så att alla enheter kan spara filen.
opened-over = Du kan inte spara de här filerna här längre. Deras tid är slut, eller så fortsatte du i en annan webbläsare.
opened-no-room = Filen får inte plats på din enhet.
opened-holds = Din webbläsare måste ha hela filen innan den kan spara den. Det kanske inte går med stora filer.
opened-picture = Visa bilden
opened-picture-alt = Bild: { $name }
opened-picture-failed = Vi kan inte visa den här bilden. Spara den i stället.
opened-play = Spela upp
opened-player = Spelare: { $name }
opened-play-failed = Vi kan inte spela upp det här. Spara det i stället.
opened-words = Om avsändaren frågar vem som öppnade det, säg de här orden: { $words }. Avsändaren ser dem kanske också.
opened-clear = Jag har sparat. Töm sidan
opened-done-title = Allt är klart
opened-done = Inget av det finns kvar på { $site } eller på den här sidan.
opened-done-until = Inget av det finns kvar på den här sidan. { $site } raderar sin kopia senast { $date }.
opened-back = Skicka något tillbaka
