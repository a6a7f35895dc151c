request-title = Požádat o něco
request-intro = Vytvořte odkaz. Druhá strana vám přes něj pošle zprávu nebo soubory.
request-intro-only = Otevřít je můžete jen vy.
request-server-locks = Váš prohlížeč to nezamkne. Web { $site } to zamkne, až to dorazí, a klíč si nenechá.
request-needs-script = Tento web přijímá jen to, co je zamčené ve vašem prohlížeči.
request-note = Co potřebujete? (nepovinné)
request-note-hint = Může to číst každý, kdo má odkaz
request-answers = Kolik odpovědí chcete?
request-count = { $n ->
    [one] { $n } odpověď
    [few] { $n } odpovědi
    [many] { $n } odpovědi
   *[other] { $n } odpovědí
}
request-lifetime = Jak dlouho má odkaz fungovat
request-button = Vytvořit žádost
request-busy = Vytváříme odkazy…
request-preview = Co uvidí druhá strana
problem-note-long = Zkraťte text

request-ready-title = Máte dva odkazy
request-ready-send = Tento pošlete
request-ready-send-name = Odkaz k odeslání
request-ready-until = Přijímá odpovědi do: { $date }.
request-ready-keep = Tento si uschovejte
request-ready-keep-name = Váš soukromý odkaz
request-ready-why = Odpověď lze otevřít jen tímto odkazem. Nemůžeme ho získat zpět.
request-ready-both = Než odejdete, uschovejte si oba odkazy.
request-note-shared = Prosím o zaslání přes tento odkaz. Funguje do: { $date }.
request-code = QR kód
request-code-warning = Každý, kdo kód naskenuje, vám může odpovědět.
request-keep-copy = Zkopírovat soukromý odkaz
request-keep-share = Poslat sobě
request-keep-shared = Můj soukromý odkaz. Otevírá to, co mi lidé posílají. Nepředávat dál.
request-keep-print = Vytisknout
request-keep-done = Mějte ho tam, kam se díváte jen vy.
request-keep-code = QR kód soukromého odkazu
request-keep-code-warning = Každý, kdo kód naskenuje, může otevřít odpovědi pro vás.

collect-heading = Už máte poslanou žádost?
collect-link = Vložte svůj soukromý odkaz
collect-button = Zobrazit, co přišlo
collect-none-title = Zatím nic nepřišlo
collect-never-title = Nic nepřišlo
collect-title = { $n ->
    [one] Je tu { $n } odpověď
    [few] Jsou tu { $n } odpovědi
    [many] Je tu { $n } odpovědi
   *[other] Je tu { $n } odpovědí
}
collect-open = Odkaz přijímá odpovědi do: { $date }.
collect-full = Přišly všechny odpovědi. Odkaz je uzavřený.
collect-expired = Čas uplynul. Odkaz je uzavřený.
collect-deleted = Odkaz byl uzavřen z vaší strany.
collect-removed = Web to odstranil. Někdo to nahlásil.
collect-answer = Odpověď { $n }
collect-came = Přišla: { $date }.
collect-once = Každá se otevře jen jednou. Pak se smaže.
collect-changed = Cestou to bylo změněno. Požádejte znovu.
collect-message = Zpráva.
collect-files = Soubory, asi { $size }.
collect-unsaved = Otevřeno. Pokračovat můžete do: { $date }.
collect-opened = Otevřeno: { $date }.
collect-gone = Je pryč. Požádejte znovu.
collect-asked = Vaše žádost:
collect-again = Požádat znovu
collect-end = Uzavřít odkaz
collect-end-title = Uzavřít odkaz?
collect-end-text = Nic dalšího už nepřijde. Co přišlo, tu zůstane.
collect-end-yes = Uzavřít
collect-end-busy = Uzavíráme…
collect-end-no = Nechat otevřený

problem-link-is-to-send = Toto je odkaz k odeslání. Vložte svůj soukromý odkaz.
problem-link-is-of-share = Toto je jiný druh odkazu.
