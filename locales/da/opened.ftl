opened-title-message = Her er din besked
opened-title-files = Her er dine filer
opened-title-both = Det her har du fået

opened-deleted = Det er slettet fra { $site }. Nu findes det kun på denne side.
opened-reading = { $site } gemmer det indtil { $date }, kun for denne side. Indlæs siden igen for at se det en gang til.
opened-reading-within = Indlæs siden igen for at se det en gang til. { $site } sletter sin kopi inden for { $span }.
opened-within = { $site } sletter sin kopi inden for { $span }.
opened-message = Besked
opened-copy = Kopier
opened-copied = Beskeden er kopieret
opened-copy-failed = Det lykkedes ikke at kopiere. Beskeden er markeret. Kopier den selv.
opened-unfold = Vis resten
opened-fold = Vis mindre
opened-align = Vis som kolonner
opened-wrap = Ombryd linjerne
opened-save = Gem som fil
opened-file-name = besked

opened-files = Filer
opened-count = { $n ->
    [one] { $n } fil, { $size }
   *[other] { $n } filer, { $size }
}
opened-files-notice = Åbn kun filer, du ventede at få.
opened-keeping-minutes = { $n ->
    [one] Bliver her i cirka { $n } minut
   *[other] Bliver her i cirka { $n } minutter
}
opened-keeping-hours = { $n ->
    [one] Bliver her i cirka en time
   *[other] Bliver her i cirka { $n } timer
}
opened-all-saved = Alt er gemt. Slettet fra { $site }.
opened-file-save = Gem
opened-file-saving = Gemmer { $n } %
opened-file-saved = Gemt.
opened-file-again = Igen
opened-file-failed = Blev ikke gemt.
opened-file-retry = Prøv igen
opened-share = Gem eller del
opened-blocked = Denne app tillader ikke, at du gemmer. Åbn linket i din browser inden for { $grace }.
opened-save-all = Gem alle
opened-downloaded = Alle filer gik til dine downloads. Tjek, at de kan åbnes.
opened-have-all = Jeg har dem alle. Slet dem
opened-program = Et program. Start det kun, hvis du stoler på afsenderen.
opened-renamed = Vi har ændret navnet, så alle enheder kan gemme filen.
opened-over = Du kan ikke gemme disse filer her mere. Tiden er gået, eller du fortsatte i en anden browser.
opened-no-room = Der er ikke plads til filen på din enhed.
opened-holds = Din browser skal have hele filen, før den kan gemme den. Det lykkes måske ikke med store filer.
opened-picture = Vis billede
opened-picture-alt = Billede: { $name }
opened-picture-failed = Vi kan ikke vise billedet. Gem det i stedet.
opened-play = Afspil
opened-player = Afspiller: { $name }
opened-play-failed = Vi kan ikke afspille det her. Gem det i stedet.
opened-words = Hvis afsenderen spørger, hvem der åbnede det, så sig disse ord: { $words }. Afsenderen ser dem måske også.
opened-clear = Jeg har gemt det. Ryd siden
opened-done-title = Alt er klaret
opened-done = Der er intet tilbage af det på { $site } eller på denne side.
opened-done-until = Der er intet tilbage af det på denne side. { $site } sletter sin kopi senest { $date }.
opened-back = Send noget tilbage
