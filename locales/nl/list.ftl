list-keep = Lijst op dit apparaat bewaren
list-hint = In de lijst staan de statuslinks van wat je hier verstuurt. Wie deze browser gebruikt, kan de lijst zien. Een privévenster raakt hem kwijt als het sluit.
list-kept = Het staat in de lijst op dit apparaat.
list-see = Lijst bekijken
list-not-kept = Je browser bewaart hier geen lijst. Bewaar de statuslink.

list-title = Verstuurd vanaf dit apparaat
list-made = Verstuurd op { $date }
list-empty = De lijst is leeg.
list-gone = Is er niet meer
list-unknown = We konden het niet controleren. Laad de pagina opnieuw.
list-forget = Vergeten
list-forgotten = Van de lijst gehaald
list-forget-all = Alles vergeten
list-forgotten-all = Alles is van de lijst gehaald. We bewaren nu geen lijst.
