request-title = Om iets vragen
request-intro = Maak een link. De ander stuurt je daarmee een bericht of bestanden.
request-intro-only = Alleen jij kunt ze openen.
request-server-locks = Je browser doet dit niet op slot. { $site } doet het op slot als het aankomt en bewaart geen sleutel.
request-needs-script = Deze site neemt alleen aan wat in je browser op slot is gedaan.
request-note = Wat heb je nodig? (niet verplicht)
request-note-hint = Iedereen met de link kan dit lezen
request-answers = Hoeveel antwoorden wil je?
request-count = { $n ->
    [one] { $n } antwoord
   *[other] { $n } antwoorden
}
request-lifetime = De link stopt na
request-button = Maak een verzoeklink
request-busy = Je links worden gemaakt…
request-preview = Dit ziet de ander
problem-note-long = Maak het korter

request-ready-title = Je hebt twee links
request-ready-send = Verstuur deze
request-ready-send-name = Link om te versturen
request-ready-until = Hij neemt antwoorden aan tot { $date }.
request-ready-keep = Bewaar deze
request-ready-keep-name = Je privélink
request-ready-why = Alleen deze link opent het antwoord. Wij kunnen de link niet terughalen.
request-ready-both = Bewaar allebei de links voordat je weggaat.
request-note-shared = Wil je het me met deze link sturen? Hij werkt tot { $date }.
request-code = QR-code
request-code-warning = Iedereen die deze code scant, kan je antwoorden.
request-keep-copy = Privélink kopiëren
request-keep-share = Naar mezelf sturen
request-keep-shared = Mijn privélink. Hij opent wat mensen me sturen. Geef hem niet door.
request-keep-print = Afdrukken
request-keep-done = Bewaar hem waar alleen jij kijkt.
request-keep-code = QR-code van je privélink
request-keep-code-warning = Iedereen die deze code scant, kan je antwoorden openen.

collect-heading = Heb je eerder iets gevraagd?
collect-link = Plak je privélink
collect-button = Bekijk wat er is gekomen
collect-none-title = Er is nog niets gekomen
collect-never-title = Er kwam niets
collect-title = { $n ->
    [one] Je antwoord is er
   *[other] Er zijn { $n } antwoorden
}
collect-open = De link neemt antwoorden aan tot { $date }.
collect-full = Alle antwoorden zijn er. De link is gesloten.
collect-expired = De tijd is om. De link is gesloten.
collect-deleted = Je hebt de link gesloten.
collect-removed = De site heeft dit weggehaald. Iemand heeft het gemeld.
collect-answer = Antwoord { $n }
collect-came = Gekomen op { $date }.
collect-once = Elk antwoord gaat één keer open. Daarna wordt het verwijderd.
collect-changed = Dit is onderweg veranderd. Vraag er opnieuw om.
collect-message = Een bericht.
collect-files = Bestanden, ongeveer { $size }.
collect-unsaved = Geopend. Je kunt verder tot { $date }.
collect-opened = Geopend op { $date }.
collect-gone = Het is weg. Vraag er opnieuw om.
collect-asked = Dit vroeg je:
collect-again = Opnieuw vragen
collect-end = Link sluiten
collect-end-title = De link sluiten?
collect-end-text = Er kan niets meer komen. Wat er al is, blijft hier.
collect-end-yes = Sluiten
collect-end-busy = Wordt gesloten…
collect-end-no = Open laten

problem-link-is-to-send = Dit is de link om te versturen. Plak je privélink.
problem-link-is-of-share = Dit is een ander soort link.
