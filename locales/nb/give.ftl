give-title = Noen ber deg om noe
give-notice = Vi vet ikke hvem som ber om det. Spør først den du tror det er. Send aldri PIN-koden til banken eller en kode fra en SMS.
give-report = Er det svindel eller en trussel? Ikke send noe. Si fra til oss, og send oss lenken: { $contact }
give-look = Se hva du blir bedt om
give-look-busy = Ser etter …
give-wrote = Den som ber om det, skrev:
give-no-note = Den som ber om det, skrev ingen beskjed.
give-until = Du kan sende fram til { $date }.
give-button = Send
give-busy = Sender …
give-changed-title = Ikke send noe her
give-changed-why = Denne lenken er endret. Be om en ny.
give-changed = Ikke send noe her. Denne lenken er endret. Be om en ny.
give-link-is-private = Dette er den private lenken din. Du kan ikke sende med den. Åpne den for å se hva som har kommet.

sent-title = Sendt
sent = Bare den som ba om det, kan åpne det. Du kan lukke denne siden.
sent-by-site = Den som ba om det, kan åpne det nå. Du kan lukke denne siden.

request-over-title = Denne lenken er stengt
request-over-full-title = Alle svarene har kommet
request-over-full = Lenken tar ikke imot flere.
request-over-expired = Tiden er ute.
request-over-deleted = Den som ba om det, har stengt den.
request-over-removed = Nettstedet fjernet dette. Noen meldte fra om det.
request-over-nothing = Ingenting ble sendt.
