error-bad-request-title = Det forstod vi ikke
error-bad-request = Gå tilbage, og prøv igen.
error-forbidden-title = Du kan ikke sende herfra
error-forbidden = Kun nogle kan lave links her. Alle kan åbne et.
error-cross-site-title = Du kan ikke sende herfra
error-cross-site = Det her kom fra et andet websted. Intet er ændret. Åbn selv dette websted, og prøv igen.
error-not-found-title = Denne side findes ikke her
error-not-found = Tjek adressen, eller begynd forfra.
error-too-large-title = Det er for stort
error-too-large = Det må højst være { $max } i alt. Gå tilbage, og fjern nogle filer.
error-missing-title = Der mangler noget
error-missing = Gå tilbage, og tjek hvert felt.
error-too-many-title = For mange forsøg
error-too-many = { $n ->
    [one] Vent { $n } minut, og prøv så igen.
   *[other] Vent { $n } minutter, og prøv så igen.
}
error-broken-title = Noget gik i stykker hos os
error-broken = Vent nogle minutter. Du kan trygt prøve igen.
error-closed-title = { $site } er lukket lige nu
error-closed = Prøv igen senere.
error-closed-links = Ventende links bliver, men deres slutdato rykker ikke.
error-full-title = { $site } er fyldt op
error-full = Der er ikke plads nu. Prøv en mindre fil, eller prøv senere.
error-full-fits = Der er plads til { $max } nu. Prøv mindre filer, eller prøv senere.
error-between = Noget mellem dig og { $site } virker ikke. Prøv igen om lidt. Hvis det bliver ved, så sig det til webstedets ejer: { $status }.
error-between-size = Noget mellem dig og { $site } lader ikke store dele komme igennem. Sig det til webstedets ejer: { $status }.
error-incident = Hvis du siger det til webstedets ejer, så oplys: { $incident }
