ready-title = Lenken din er klar
ready-intro = Send den til én person
ready-once = Ikke åpne den selv. Den kan bare åpnes én gang.
ready-link = Lenke
ready-copy = Kopier lenken
ready-copy-note = Kopier med en kort beskjed
ready-note-language = Språk i beskjeden
ready-share = Del
ready-share-failed = Delingen virket ikke. Kopier lenken.
ready-note = Jeg har sendt deg noe. Det kan bare åpnes én gang, før { $date }.
ready-by-hand = Trykk og hold på lenken for å kopiere den.
copied = Kopiert
ready-paste = Lim den inn i chatten nå.
copied-link = Lenken er kopiert
copy-failed = Kopieringen virket ikke. Lenken er markert. Kopier den selv.

ready-more = Flere måter: beskjed, QR-kode
ready-code-label = QR-kode for lenken
ready-code-warning = Alle som skanner denne, kan åpne det.

ready-apart-heading = Si passordet på en annen måte
ready-apart = Send lenken i chatten. Si passordet på telefon.
ready-password-copy = Kopier passordet
ready-password-show = Vis passordet
ready-password-hide = Skjul passordet
copied-password = Passordet er kopiert
copy-password-failed = Kopieringen virket ikke. Passordet er markert. Kopier det selv.

ready-opens = Kan åpnes
ready-opens-once = Én gang
ready-until = Slettes hvis det ikke er åpnet innen
ready-password = Passord
ready-password-yes = Ja
ready-password-no = Nei

ready-status-heading = Se når det blir åpnet
ready-status = Bare du kan se statussiden. Ta vare på lenken til den.
ready-status-link = Statusside
ready-status-copy = Kopier statuslenken
ready-status-name = Statuslenke
ready-again = Send noe annet

already-title = Lenken er allerede laget
already = Vi har ingen kopi. Hvis du har mistet den, lag en ny.
