about-title = Jak to działa
about-intro = Zaklejona koperta, która otwiera się tylko raz.

about-write-heading = Piszesz
about-write = Wiadomość, pliki albo jedno i drugie.
about-lock-heading = Przeglądarka zamyka na klucz
about-lock = Klucz jest w linku. Serwis { $site } dostaje tylko zamkniętą kopię.
about-open-heading = Druga osoba otwiera raz
about-open = Zobaczy to osoba, która pierwsza otworzy link.
about-gone-heading = Potem to znika
about-gone = Usuwamy naszą kopię. Nikt już nie może tego otworzyć.

about-ask-heading = Potrzebujesz czegoś od kogoś?
about-ask = Przygotuj prośbę. Dostaniesz link do wysłania i prywatny link. Odpowiedź przyjdzie przez ten pierwszy.
about-ask-keep = To, co Ci wyślą, otwiera tylko Twój prywatny link. Zachowaj go. Nie możemy go odzyskać.

about-who-heading = Kto może to przeczytać
about-who = Każdy, kto ma link, ale otworzy się on tylko raz. Dodaj hasło, jeśli Twój czat widzą inni.
about-can-count = Widzimy, jak duże to jest i kiedy to otwarto.
about-cannot-read = Nie możemy tego przeczytać.
about-cannot-know = Nie możemy sprawdzić, kto to otworzył, ani zapobiec zrzutowi ekranu.
about-cannot-return = Nie możemy tego odzyskać.

about-real-heading = Czy mój link jest prawdziwy?
about-real = Zaczyna się tak: { $address }.
about-real-never = Nigdy nie prosimy o adres e-mail, hasło do banku ani pieniądze.

about-keep-heading = Co przechowujemy
about-keep = { $n ->
    [one] Zamknięta kopia znika po otwarciu albo po upływie czasu. Potem jeszcze przez { $n } dzień przechowujemy tylko to:
    [few] Zamknięta kopia znika po otwarciu albo po upływie czasu. Potem jeszcze przez { $n } dni przechowujemy tylko to:
    [many] Zamknięta kopia znika po otwarciu albo po upływie czasu. Potem jeszcze przez { $n } dni przechowujemy tylko to:
   *[other] Zamknięta kopia znika po otwarciu albo po upływie czasu. Potem jeszcze przez { $n } dnia przechowujemy tylko to:
}
about-keep-reading = Otwarta wiadomość zostaje, dopóki czytająca ją osoba jej nie usunie. Najdłużej: { $span }.
about-keep-times = kiedy to powstało, kiedy to otwarto i jak się skończyło
about-keep-size = jak duże to było w przybliżeniu i w ilu częściach przyszło
about-keep-tries = ile razy wpisano złe hasło
about-keep-words = kod od przeglądarki, w której to otwarto, dla trzech słów, które można porównać
about-keep-list = Jeśli chcesz mieć listę tego, co wysyłasz, przechowuje ją tylko Twoja przeglądarka.
about-keep-not = Nie przechowujemy Twojego imienia i nazwiska, Twojego adresu w internecie ani Twojej wiadomości.

about-first-heading = Jak zamknąć to przed wysłaniem
about-first = Bez JavaScriptu na klucz zamyka to serwis { $site }. Dlatego przez chwilę widzi Twoją wiadomość.
about-first-https = Żeby zamknąć to jeszcze przed wysłaniem, wejdź na { $address } z włączonym JavaScriptem.
about-first-how = Żeby zamknąć to jeszcze przed wysłaniem, włącz JavaScript albo użyj nowszej przeglądarki.

about-report-heading = Zgłoś zły link
