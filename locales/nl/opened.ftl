opened-title-message = Hier is je bericht
opened-title-files = Hier zijn je bestanden
opened-title-both = Dit is naar je gestuurd

opened-deleted = Het is verwijderd van { $site }. Alleen deze pagina heeft het nu nog.
opened-reading = { $site } bewaart het tot { $date }, alleen voor deze pagina. Laad de pagina opnieuw om het nog eens te zien.
opened-reading-within = Laad deze pagina opnieuw om het nog eens te zien. { $site } verwijdert zijn kopie binnen { $span }.
opened-within = { $site } verwijdert zijn kopie binnen { $span }.
opened-message = Bericht
opened-copy = Kopiëren
opened-copied = Bericht gekopieerd
opened-copy-failed = Kopiëren is niet gelukt. Het bericht is geselecteerd. Kopieer het zelf.
opened-unfold = De rest tonen
opened-fold = Minder tonen
opened-align = Als kolommen tonen
opened-wrap = Regels afbreken
opened-save = Opslaan als bestand
opened-file-name = bericht

opened-files = Bestanden
opened-count = { $n ->
    [one] { $n } bestand, { $size }
   *[other] { $n } bestanden, { $size }
}
opened-files-notice = Open alleen bestanden die je verwachtte.
opened-keeping-minutes = { $n ->
    [one] Nog ongeveer { $n } minuut bewaard
   *[other] Nog ongeveer { $n } minuten bewaard
}
opened-keeping-hours = { $n ->
    [one] Nog ongeveer een uur bewaard
   *[other] Nog ongeveer { $n } uur bewaard
}
opened-all-saved = Alles is opgeslagen. Verwijderd van { $site }.
opened-file-save = Opslaan
opened-file-saving = Opslaan: { $n }%
opened-file-saved = Opgeslagen.
opened-file-again = Opnieuw
opened-file-failed = Niet opgeslagen.
opened-file-retry = Probeer opnieuw
opened-share = Opslaan of delen
opened-blocked = Deze app houdt opslaan tegen. Open de link binnen { $grace } in je browser.
opened-save-all = Alles opslaan
opened-downloaded = Alle bestanden gingen naar je downloads. Kijk na of ze opengaan.
opened-have-all = Ik heb alles. Nu verwijderen
opened-program = Een programma. Start het alleen als je de afzender vertrouwt.
opened-renamed = We hebben deze naam veranderd zodat elk apparaat het bestand kan opslaan.
opened-over = Je kunt deze bestanden hier niet meer opslaan. Hun tijd is om, of je ging verder in een andere browser.
opened-no-room = Er is op je apparaat geen plaats voor dit bestand.
opened-holds = Je browser moet eerst het hele bestand hebben voordat hij het kan opslaan. Bij grote bestanden lukt dat misschien niet.
opened-picture = Toon afbeelding
opened-picture-alt = Afbeelding: { $name }
opened-picture-failed = We kunnen deze afbeelding niet tonen. Je kunt hem wel opslaan.
opened-play = Afspelen
opened-player = Speler: { $name }
opened-play-failed = We kunnen dit niet afspelen. Je kunt het wel opslaan.
opened-words = Vraagt de afzender wie het opende? Zeg dan deze woorden: { $words }. De afzender ziet ze misschien ook.
opened-clear = Opgeslagen. Pagina leegmaken
opened-done-title = Klaar
opened-done = Er is niets meer van over op { $site } of op deze pagina.
opened-done-until = Er is niets meer van over op deze pagina. { $site } verwijdert zijn kopie uiterlijk op { $date }.
opened-back = Iets terugsturen
