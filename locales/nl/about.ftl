about-title = Zo werkt het
about-intro = Een dichte envelop die maar één keer opengaat.

about-write-heading = Jij schrijft
about-write = Een bericht, bestanden of allebei.
about-lock-heading = Je browser doet het op slot
about-lock = De sleutel zit in de link. { $site } krijgt alleen de kopie die op slot zit.
about-open-heading = De ander opent het één keer
about-open = Wie de link als eerste opent, ziet het.
about-gone-heading = Daarna is het weg
about-gone = Wij verwijderen onze kopie. Niemand kan het nog eens openen.

about-ask-heading = Heb je iets van iemand nodig?
about-ask = Maak een verzoek. Je krijgt een link om te versturen en een privélink. De ander antwoordt met de eerste.
about-ask-keep = Alleen je privélink opent wat je krijgt. Bewaar hem goed. Wij kunnen hem niet terughalen.

about-who-heading = Wie het kan lezen
about-who = Iedereen die de link heeft, één keer. Lezen anderen mee in je chat? Voeg dan een wachtwoord toe.
about-can-count = Wij kunnen zien hoe groot het is en wanneer het is geopend.
about-cannot-read = Wij kunnen het niet lezen.
about-cannot-know = Wij kunnen niet weten wie het opende. Een screenshot kunnen we niet tegenhouden.
about-cannot-return = Wij kunnen het niet terughalen.

about-real-heading = Is mijn link echt?
about-real = Hij begint met { $address }.
about-real-never = Wij vragen nooit om je e-mailadres, om een wachtwoord van je bank of om geld.

about-keep-heading = Wat wij bewaren
about-keep = { $n ->
    [one] De kopie die op slot zit, verdwijnt zodra die is geopend of de tijd om is. Daarna bewaren we alleen dit nog, { $n } dag lang:
   *[other] De kopie die op slot zit, verdwijnt zodra die is geopend of de tijd om is. Daarna bewaren we alleen dit nog, { $n } dagen lang:
}
about-keep-reading = Een geopend bericht blijft tot de pagina is leeggemaakt, hoogstens { $span }.
about-keep-times = wanneer het is gemaakt, wanneer het is geopend en hoe het eindigde
about-keep-size = hoe groot het ongeveer was en in hoeveel delen het kwam
about-keep-tries = hoeveel verkeerde wachtwoorden zijn geprobeerd
about-keep-words = een code van de browser die het heeft geopend, voor de drie woorden die je kunt vergelijken
about-keep-list = Vraag je om een lijst van wat je hebt verstuurd? Dan bewaart alleen je browser die.
about-keep-not = We bewaren je naam, je internetadres en je bericht niet.

about-first-heading = Zo gaat het vooraf op slot
about-first = Zonder JavaScript doet { $site } je bericht op slot. De site ziet het dan dus even.
about-first-https = Wil je het vooraf op slot doen? Gebruik { $address } met JavaScript aan.
about-first-how = Wil je het vooraf op slot doen? Zet JavaScript aan of gebruik een nieuwere browser.

about-report-heading = Schadelijke link melden
