language-name = Polski

skip = Przejdź do treści strony
title = { $title } – { $site }
title-problem = Problem: { $title } – { $site }

footer-about = Jak to działa
footer-ask = Poproś o coś
footer-report = Zgłoś zły link

language = Język:
language-wrong = Jakieś słowo jest błędne?

preview-title = Coś dla Ciebie. Otwiera się raz.
preview-text = Otwórz to na { $host }, kiedy zechcesz. Masz wątpliwości? Zapytaj osobę, która to wysłała.
preview-ask-text = Odpowiedz na { $host }, kiedy zechcesz. Masz wątpliwości? Zapytaj osobę, która wysłała Ci link.
preview-picture = Zamknięta koperta

problems-heading = Popraw to, żeby przejść dalej
problem-mark = Problem:
home-link = Do serwisu { $site }

unreachable = Nie udało się połączyć z serwisem { $site }. Możesz bez obaw spróbować ponownie.

stale-page = Ta strona jest sprzed aktualizacji.
stale-again = Wczytaj ją ponownie

show = Pokaż
hide = Ukryj
