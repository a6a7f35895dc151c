error-bad-request-title = Dat begrepen we niet
error-bad-request = Ga terug en probeer het opnieuw.
error-forbidden-title = Vanaf hier kun je niet sturen
error-forbidden = Alleen sommige mensen kunnen hier links maken. Openen kan iedereen.
error-cross-site-title = Vanaf hier kun je niet sturen
error-cross-site = Een andere site stuurde dit. Er is niets veranderd. Open deze site zelf en probeer het opnieuw.
error-not-found-title = Deze pagina is hier niet
error-not-found = Controleer het adres of begin opnieuw.
error-too-large-title = Dat is te groot
error-too-large = Alles samen mag hoogstens { $max } zijn. Ga terug en haal een paar bestanden weg.
error-missing-title = Er ontbreekt iets
error-missing = Ga terug en kijk elk vak na.
error-too-many-title = Te veel pogingen
error-too-many = { $n ->
    [one] Wacht { $n } minuut en probeer het dan opnieuw.
   *[other] Wacht { $n } minuten en probeer het dan opnieuw.
}
error-broken-title = Er ging bij ons iets stuk
error-broken = Wacht een paar minuten. Je kunt het gerust opnieuw proberen.
error-closed-title = { $site } is even dicht
error-closed = Probeer het later opnieuw.
error-closed-links = Wachtende links blijven, maar hun einddatum schuift niet op.
error-full-title = { $site } is vol
error-full = Er is nu geen plaats. Probeer een kleiner bestand of probeer het later.
error-full-fits = Er is nu plaats voor { $max }. Probeer kleinere bestanden of probeer het later.
error-between = Iets tussen jou en { $site } werkt niet. Probeer het straks opnieuw. Blijft het zo? Meld het bij de beheerder van de site: { $status }.
error-between-size = Iets tussen jou en { $site } laat grote stukken niet door. Meld het bij de beheerder van de site: { $status }.
error-incident = Meld je dit bij de beheerder van de site? Noem dan: { $incident }
