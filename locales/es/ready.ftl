ready-title = Tu enlace está listo
ready-intro = Envíalo a una sola persona
ready-once = No lo abras tú. Se abre una sola vez.
ready-link = Enlace
ready-copy = Copiar enlace
ready-copy-note = Copiar con una nota corta
ready-note-language = Idioma de la nota
ready-share = Compartir
ready-share-failed = No se pudo compartir. Copia el enlace.
ready-note = Aquí va algo de mi parte. Se abre una sola vez, antes del { $date }.
ready-by-hand = Mantén pulsado el enlace para copiarlo.
copied = Copiado
ready-paste = Ahora pégalo en tu chat.
copied-link = Enlace copiado
copy-failed = No se pudo copiar. El enlace está seleccionado. Cópialo a mano.

ready-more = Más: nota corta, código QR
ready-code-label = Código QR del enlace
ready-code-warning = Cualquiera que escanee esto puede abrirlo.

ready-apart-heading = Di la contraseña por otro medio
ready-apart = Envía el enlace por el chat. Di la contraseña por teléfono.
ready-password-copy = Copiar contraseña
ready-password-show = Mostrar contraseña
ready-password-hide = Ocultar contraseña
copied-password = Contraseña copiada
copy-password-failed = No se pudo copiar. La contraseña está seleccionada. Cópiala a mano.

ready-opens = Se abre
ready-opens-once = Una sola vez
ready-until = Si no se abre, se elimina el
ready-password = Contraseña
ready-password-yes = Sí
ready-password-no = No

ready-status-heading = Mira cuándo se abre
ready-status = Solo tú puedes ver la página de seguimiento. Guarda su enlace.
ready-status-link = Página de seguimiento
ready-status-copy = Copiar enlace de seguimiento
ready-status-name = Enlace de seguimiento
ready-again = Enviar otra cosa

already-title = Ya creaste este enlace
already = No conservamos ninguna copia. Si lo perdiste, crea uno nuevo.
