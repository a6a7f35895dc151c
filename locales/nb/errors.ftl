error-bad-request-title = Det forsto vi ikke
error-bad-request = Gå tilbake og prøv igjen.
error-forbidden-title = Du kan ikke sende herfra
error-forbidden = Bare noen kan lage lenker her. Alle kan åpne dem.
error-cross-site-title = Du kan ikke sende herfra
error-cross-site = Dette kom fra et annet nettsted. Ingenting ble endret. Åpne dette nettstedet direkte og prøv igjen.
error-not-found-title = Denne siden finnes ikke
error-not-found = Sjekk adressen eller begynn på nytt.
error-too-large-title = Det er for stort
error-too-large = Grensen er { $max } til sammen. Gå tilbake og fjern noen filer.
error-missing-title = Noe mangler
error-missing = Gå tilbake og sjekk hvert felt.
error-too-many-title = For mange forsøk
error-too-many = { $n ->
    [one] Vent { $n } minutt og prøv igjen.
   *[other] Vent { $n } minutter og prøv igjen.
}
error-broken-title = Noe gikk galt hos oss
error-broken = Vent noen minutter. Det er trygt å prøve igjen.
error-closed-title = { $site } er stengt nå
error-closed = Prøv igjen senere.
error-closed-links = Lenker som venter, blir liggende, men sluttdatoen deres flyttes ikke.
error-full-title = Det er fullt på { $site }
error-full = Det er ikke plass nå. Prøv en mindre fil, eller prøv senere.
error-full-fits = Nå er det plass til { $max }. Prøv mindre filer, eller prøv senere.
error-between = Noe mellom deg og { $site } virker ikke. Prøv igjen om litt. Hvis det fortsetter, si dette til eieren av nettstedet: { $status }.
error-between-size = Noe mellom deg og { $site } slipper ikke gjennom store biter. Si dette til eieren av nettstedet: { $status }.
error-incident = Hvis du sier fra til eieren av nettstedet, oppgi: { $incident }
