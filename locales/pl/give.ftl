give-title = Ktoś Cię o coś prosi
give-notice = Nie wiemy, kto prosi. Najpierw zapytaj osobę, która Twoim zdaniem prosi. Nigdy nie wysyłaj PIN-u do banku ani kodu z SMS-a.
give-report = To oszustwo albo groźba? Nic nie wysyłaj. Daj nam znać i prześlij nam link: { $contact }
give-look = Zobacz prośbę
give-look-busy = Sprawdzamy…
give-wrote = Treść prośby:
give-no-note = Nie ma dopisku.
give-until = Możesz wysłać do: { $date }.
give-button = Wyślij
give-busy = Wysyłamy…
give-changed-title = Niczego tu nie wysyłaj
give-changed-why = Ten link został zmieniony. Poproś o nowy.
give-changed = Niczego tu nie wysyłaj. Ten link został zmieniony. Poproś o nowy.
give-link-is-private = To jest Twój prywatny link. Nie służy do wysyłania. Otwórz go, żeby zobaczyć, co przyszło.

sent-title = Wysłano
sent = Otworzyć to może tylko osoba, która prosiła. Możesz zamknąć tę stronę.
sent-by-site = Osoba, która prosiła, może to już otworzyć. Możesz zamknąć tę stronę.

request-over-title = Ten link jest zamknięty
request-over-full-title = Wszystkie odpowiedzi już są
request-over-full = Link nie przyjmuje nic więcej.
request-over-expired = Czas minął.
request-over-deleted = Zamknęła go osoba, która prosiła.
request-over-removed = Serwis to usunął. Ktoś to zgłosił.
request-over-nothing = Nic nie wysłano.
