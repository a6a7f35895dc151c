status-title = Se, om det er blevet åbnet
status-link = Indsæt dit statuslink
status-check = Tjek

status-waiting-title = Ikke åbnet endnu
status-waiting = Det bliver slettet { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } forkert adgangskode indtil nu.
   *[other] { $n } forkerte adgangskoder indtil nu.
}
status-opened-title = Åbnet og slettet
status-opened = Åbnet { $date }.
status-reading-title = Åbnet
status-reading = Den, der åbnede det, kan læse det igen indtil { $date }. Så bliver det slettet.
status-unsaved-title = Åbnet, filerne er her endnu
status-unsaved = Den, der åbnede det, kan gemme filerne indtil { $date }.
status-words = Den, der åbnede det, ser disse ord: { $words }. Ring til den, du sendte det til, og spørg efter dem.
status-expired-title = Tiden er gået
status-expired = Ingen åbnede det. Det er slettet.
status-deleted-title = Slettet af dig
status-deleted = Det blev slettet { $date }. Ingen åbnede det.

status-removed-title = Webstedet fjernede det her
status-removed = Det blev fjernet { $date }. Ingen åbnede det. Nogen anmeldte det.
status-moved = Den, der åbnede det, fortsatte i en anden browser { $date }.
status-lost = Webstedet har mistet en del af filerne. Send dem igen.

status-step-made = Link lavet
status-step-opened = Åbnet
status-step-unopened = Ikke åbnet
status-step-deleted = Slettet
status-nothing-left = Der er intet tilbage af det på { $site }.
status-not-them = Var det en anden? Skift den adgangskode eller kode, du sendte.

status-updates = Siden opdaterer sig selv.
status-private = Denne side er kun til dig. Linket til den virker indtil { $date }.
status-checked = Tjekket: { $date }.
status-again = Tjek igen
status-busy = Tjekker…

status-delete = Slet det nu
status-delete-title = Vil du slette det nu?
status-delete-text = Linket holder op med at virke. Det kan ikke fortrydes.
status-delete-yes = Slet det
status-delete-busy = Sletter…
status-delete-no = Behold det
status-other-link = Det er linket, der skal sendes. Indsæt dit eget statuslink.
