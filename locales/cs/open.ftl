open-title = Někdo vám něco poslal
open-intro = Otevře se to jen jednou, pak se to smaže.
open-expected = Čekáte něco takového?

open-notice = Web { $site } neví, kdo to poslal. Pokud to nečekáte, nejdřív se zeptejte po telefonu nebo v chatu.

open-what-message = Zpráva. Otevře se jen jednou, pak se smaže.
open-what-files = Soubory, asi { $size }. Otevřou se jen jednou, pak se smažou.
open-before = Otevřít to můžete do: { $date }.
open-host = Jste na adrese { $address }.

open-password = Heslo od odesílatele
open-password-hint = Ne heslo k e-mailu ani do banky
open-button = Otevřít teď
open-busy = Otevíráme…
open-not-you = Není to pro vás? Zavřete tuto stránku. Nic se neotevřelo.
open-report = Je to podvod nebo výhrůžka? Neotevírejte to. Dejte nám vědět a pošlete nám odkaz: { $contact }
open-elsewhere = Otevřela tuto stránku jiná aplikace?
open-elsewhere-why = Ukládání tam nemusí fungovat. Zkopírujte odkaz a otevřete ho ve svém prohlížeči.
open-taking-over = Už je to otevřené v jiné aplikaci. Otevřeno: { $date }. Pokračovat tady?
open-own = Toto je odkaz, který posíláte vy. Když ho otevřete, druhá strana už nebude moct.
open-own-anyway = Přesto otevřít

open-link = Vložte sem celý odkaz
open-link-hint = Potřebujeme část za znakem #. Váš prohlížeč nám ji neposílá.
open-password-maybe-hint = Jen pokud ho odesílatel přidal
open-server-unlocks = Bez JavaScriptu to odemyká web { $site }. Na okamžik to vidí a žádnou kopii si nenechá.
open-server-unlocks-http = Bez https to odemyká web { $site }. Na okamžik to vidí a žádnou kopii si nenechá.
open-needs-script = K otevření zapněte JavaScript nebo použijte novější prohlížeč. Zatím se nic neotevřelo.
open-needs-https = K otevření použijte { $address }. Zatím se nic neotevřelo.

problem-password-needed = Napište heslo od odesílatele
problem-password-not-right = To heslo není správné.
problem-password-wrong = { $n ->
    [one] To heslo není správné. Zbývá { $n } pokus.
    [few] To heslo není správné. Zbývají { $n } pokusy.
    [many] To heslo není správné. Zbývá { $n } pokusu.
   *[other] To heslo není správné. Zbývá { $n } pokusů.
}
problem-password-wait = { $n ->
    [one] Příliš mnoho pokusů. Počkejte { $n } minutu.
    [few] Příliš mnoho pokusů. Počkejte { $n } minuty.
    [many] Příliš mnoho pokusů. Počkejte { $n } minuty.
   *[other] Příliš mnoho pokusů. Počkejte { $n } minut.
}
problem-lost = Tento web ztratil část obsahu. Požádejte o nový odkaz.
problem-link = To není celý odkaz. Zkopírujte ho znovu celý.
problem-changed = Cestou to bylo změněno. Požádejte o nový odkaz.

damaged-title = Tento odkaz není celý
damaged = Část se ztratila. Nic se neotevřelo.
damaged-own = Toto je vlastní odkaz odesílatele. Nic neotevírá. Požádejte odesílatele o ten druhý odkaz.
damaged-link = Vložte celý odkaz
damaged-button = Zkusit tento odkaz

open-terminal = Otevřete tento odkaz v prohlížeči. Nic se neotevřelo.
open-terminal-how = Zkopírujte ho celý, i část za znakem #.
