gone-title = Tämä linkki ei toimi
gone = Se on avattu, sen aika loppui tai lähettäjä poisti sen. Tai linkistä puuttuu osa. Emme voi kertoa, mistä näistä on kyse.
gone-opened-title = Tämä on jo avattu
gone-opened = Avattu { $date }. Etkö avannut sitä itse? Kerro heti lähettäjälle, jotta hän voi vaihtaa siinä olleen salasanan tai koodin.
gone-expired-title = Aika loppui
gone-expired = Kukaan ei avannut sitä.
gone-deleted-title = Lähettäjä poisti tämän
gone-deleted = Kukaan ei avannut sitä.
gone-removed-title = Sivusto poisti tämän
gone-removed = Kukaan ei avannut sitä. Joku ilmoitti siitä.

gone-do-heading = Mitä voit tehdä
gone-do-ask = Pyydä lähettäjältä uusi linkki.
gone-do-tell = Jos et koskaan avannut sitä, kerro lähettäjälle. Joku muu on voinut avata sen.
gone-do-report = Oliko se huijaus tai uhkaus? Kerro meille ja lähetä meille linkki: { $contact }
