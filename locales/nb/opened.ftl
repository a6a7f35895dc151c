opened-title-message = Her er meldingen din
opened-title-files = Her er filene dine
opened-title-both = Her er det du fikk

opened-deleted = Det er slettet fra { $site }. Nå finnes det bare på denne siden.
opened-reading = { $site } beholder den til { $date }, bare for denne siden. Last siden på nytt for å se den igjen.
opened-reading-within = Last denne siden på nytt for å se den igjen. { $site } sletter kopien sin innen { $span }.
opened-within = { $site } sletter kopien sin innen { $span }.
opened-message = Melding
opened-copy = Kopier
opened-copied = Meldingen er kopiert
opened-copy-failed = Kopieringen virket ikke. Meldingen er markert. Kopier den selv.
opened-unfold = Vis resten
opened-fold = Vis mindre
opened-align = Vis i kolonner
opened-wrap = Bryt linjene
opened-save = Lagre som fil
opened-file-name = melding

opened-files = Filer
opened-count = { $n ->
    [one] { $n } fil, { $size }
   *[other] { $n } filer, { $size }
}
opened-files-notice = Åpne bare filer du ventet på.
opened-keeping-minutes = { $n ->
    [one] Ligger her i omtrent { $n } minutt
   *[other] Ligger her i omtrent { $n } minutter
}
opened-keeping-hours = { $n ->
    [one] Ligger her i omtrent { $n } time
   *[other] Ligger her i omtrent { $n } timer
}
opened-all-saved = Alt er lagret. Slettet fra { $site }.
opened-file-save = Lagre
opened-file-saving = Lagrer { $n } %
opened-file-saved = Lagret.
opened-file-again = På nytt
opened-file-failed = Ble ikke lagret.
opened-file-retry = Prøv igjen
opened-share = Lagre eller del
opened-blocked = Denne appen hindrer lagring. Åpne lenken i nettleseren din innen { $grace }.
opened-save-all = Lagre alle
opened-downloaded = Alle filene ble sendt til nedlastingene dine. Sjekk at de kan åpnes.
opened-have-all = Jeg har alle. Slett dem
opened-program = Et program. Kjør det bare hvis du stoler på avsenderen.
opened-renamed = Vi endret dette navnet så alle enheter kan lagre filen.
opened-over = Du kan ikke lagre disse filene her nå. Tiden er ute, eller du fortsatte i en annen nettleser.
opened-no-room = Det er ikke plass til denne filen på enheten din.
opened-holds = Nettleseren din må ha hele filen før den kan lagre den. Med store filer kan det gå galt.
opened-picture = Vis bildet
opened-picture-alt = Bilde: { $name }
opened-picture-failed = Vi kan ikke vise dette bildet. Lagre det i stedet.
opened-play = Spill av
opened-player = Avspiller: { $name }
opened-play-failed = Vi kan ikke spille av dette. Lagre det i stedet.
opened-words = Hvis avsenderen spør hvem som åpnet det, si disse ordene: { $words }. Det kan være at avsenderen også ser dem.
opened-clear = Jeg har lagret det. Tøm siden
opened-done-title = Ferdig
opened-done = Det er ingenting igjen på { $site } eller på denne siden.
opened-done-until = Det er ingenting igjen på denne siden. { $site } sletter kopien sin senest { $date }.
opened-back = Send noe tilbake
