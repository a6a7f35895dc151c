gone-title = Ten link nie działa
gone = Został otwarty, jego czas minął albo został usunięty przez nadawcę. Albo brakuje części linku. Nie możemy powiedzieć, co z tego się stało.
gone-opened-title = To zostało otwarte
gone-opened = Otwarto: { $date }. To nie Ty? Powiadom od razu osobę, która to wysłała, żeby mogła zmienić hasło lub kod, który tam był.
gone-expired-title = Czas minął
gone-expired = Nikt tego nie otworzył.
gone-deleted-title = Usunięte przez nadawcę
gone-deleted = Nikt tego nie otworzył.
gone-removed-title = Serwis to usunął
gone-removed = Nikt tego nie otworzył. Ktoś to zgłosił.

gone-do-heading = Co możesz zrobić
gone-do-ask = Poproś nadawcę o nowy link.
gone-do-tell = Jeśli link nigdy nie był otwierany przez Ciebie, powiedz o tym nadawcy. Może otworzył go ktoś inny.
gone-do-report = To było oszustwo albo groźba? Daj nam znać i prześlij nam link: { $contact }
