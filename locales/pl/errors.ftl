error-bad-request-title = Tego nie rozumiemy
error-bad-request = Wróć i spróbuj ponownie.
error-forbidden-title = Stąd nie możesz wysyłać
error-forbidden = Tylko niektórzy mogą tu tworzyć linki. Otworzyć link może każdy.
error-cross-site-title = Stąd nie możesz wysyłać
error-cross-site = To przysłała inna strona. Niczego nie zmieniono. Otwórz ten serwis bezpośrednio i spróbuj ponownie.
error-not-found-title = Tej strony tu nie ma
error-not-found = Sprawdź adres albo zacznij od początku.
error-too-large-title = To za dużo
error-too-large = Razem można najwyżej { $max }. Wróć i usuń część plików.
error-missing-title = Czegoś brakuje
error-missing = Wróć i sprawdź każde pole.
error-too-many-title = Za dużo prób
error-too-many = { $n ->
    [one] Poczekaj { $n } minutę i spróbuj ponownie.
    [few] Poczekaj { $n } minuty i spróbuj ponownie.
    [many] Poczekaj { $n } minut i spróbuj ponownie.
   *[other] Poczekaj { $n } minuty i spróbuj ponownie.
}
error-broken-title = Coś się u nas zepsuło
error-broken = Poczekaj kilka minut. Możesz bez obaw spróbować ponownie.
error-closed-title = { $site } ma teraz przerwę
error-closed = Spróbuj później.
error-closed-links = Czekające linki zostają, ale ich czas się nie przedłuża.
error-full-title = Serwis { $site } jest pełny
error-full = Nie ma teraz miejsca. Spróbuj z mniejszym plikiem albo później.
error-full-fits = Jest teraz miejsce na { $max }. Spróbuj z mniejszymi plikami albo później.
error-between = Coś między Tobą a serwisem { $site } nie działa. Spróbuj za chwilę. Jeśli to nie minie, przekaż właścicielowi serwisu: { $status }.
error-between-size = Coś między Tobą a serwisem { $site } nie przepuszcza dużych części. Przekaż właścicielowi serwisu: { $status }.
error-incident = Jeśli napiszesz do właściciela serwisu, podaj: { $incident }
