list-keep = Vést seznam na tomto zařízení
list-hint = V seznamu jsou odkazy na stav toho, co odtud posíláte. Může ho vidět každý, kdo používá tento prohlížeč. Anonymní okno ho při zavření ztratí.
list-kept = Je to v seznamu na tomto zařízení.
list-see = Zobrazit seznam
list-not-kept = Váš prohlížeč si tu seznam neuchová. Uschovejte si odkaz na stav.

list-title = Odesláno z tohoto zařízení
list-made = Odesláno: { $date }
list-empty = Seznam je prázdný.
list-gone = Už to tu není
list-unknown = Nepodařilo se to zjistit. Načtěte stránku znovu.
list-forget = Zapomenout
list-forgotten = Zapomenuto
list-forget-all = Zapomenout vše
list-forgotten-all = Vše zapomenuto. Žádný seznam už nevedeme.
