error-bad-request-title = Det där förstod vi inte
error-bad-request = Gå tillbaka och försök igen.
error-forbidden-title = Du kan inte skicka härifrån
error-forbidden = Bara vissa kan skapa länkar här. Vem som helst kan öppna en.
error-cross-site-title = Du kan inte skicka härifrån
error-cross-site = Det här skickades av en annan webbplats. Inget har ändrats. Öppna den här webbplatsen själv och försök igen.
error-not-found-title = Den här sidan finns inte här
error-not-found = Kontrollera adressen eller börja om.
error-too-large-title = Det där är för stort
error-too-large = Allt får vara högst { $max } sammanlagt. Gå tillbaka och ta bort några filer.
error-missing-title = Något saknas
error-missing = Gå tillbaka och kontrollera varje ruta.
error-too-many-title = För många försök
error-too-many = { $n ->
    [one] Vänta { $n } minut och försök sedan igen.
   *[other] Vänta { $n } minuter och försök sedan igen.
}
error-broken-title = Något gick sönder hos oss
error-broken = Vänta några minuter. Det är ingen fara att försöka igen.
error-closed-title = { $site } har stängt just nu
error-closed = Försök igen senare.
error-closed-links = Länkar som väntar finns kvar, men deras slutdatum flyttas inte.
error-full-title = Det är fullt på { $site }
error-full = Det finns ingen plats just nu. Prova en mindre fil eller försök senare.
error-full-fits = Det finns plats för { $max } just nu. Prova mindre filer eller försök senare.
error-between = Något mellan dig och { $site } fungerar inte. Försök igen snart. Om det fortsätter, säg till den som sköter webbplatsen: { $status }.
error-between-size = Något mellan dig och { $site } släpper inte igenom stora delar. Säg till den som sköter webbplatsen: { $status }.
error-incident = Om du säger till den som sköter webbplatsen, uppge: { $incident }
