give-title = Iemand vraagt je om iets
give-notice = Wij weten niet wie dit vraagt. Vraag het eerst na bij die persoon. Stuur nooit een pincode van je bank of een code uit een sms.
give-report = Is het oplichting of een bedreiging? Stuur niets. Laat het ons weten en stuur ons de link: { $contact }
give-look = Bekijk wat er wordt gevraagd
give-look-busy = Even kijken…
give-wrote = Dit staat erbij:
give-no-note = Er staat niets bij.
give-until = Je kunt iets sturen tot { $date }.
give-button = Versturen
give-busy = Wordt verstuurd…
give-changed-title = Stuur hier niets
give-changed-why = Deze link is veranderd. Vraag om een nieuwe.
give-changed = Stuur hier niets. Deze link is veranderd. Vraag om een nieuwe.
give-link-is-private = Dit is je privélink. Daarmee verstuur je niets. Open hem om te zien wat er is gekomen.

sent-title = Verstuurd
sent = Alleen wie erom vroeg, kan het openen. Je kunt deze pagina sluiten.
sent-by-site = Wie erom vroeg, kan het nu openen. Je kunt deze pagina sluiten.

request-over-title = Deze link is gesloten
request-over-full-title = Alles wat nodig was, is er al
request-over-full = De link neemt niets meer aan.
request-over-expired = De tijd is om.
request-over-deleted = Wie erom vroeg, heeft hem gesloten.
request-over-removed = De site heeft dit weggehaald. Iemand heeft het gemeld.
request-over-nothing = Er is niets verstuurd.
