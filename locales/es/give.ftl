give-title = Alguien te pide algo
give-notice = No sabemos quién lo pide. Compruébalo antes con esa persona. Nunca envíes el PIN de tu banco ni un código que te llegó por SMS.
give-report = ¿Es un engaño o una amenaza? No envíes nada. Avísanos y envíanos el enlace: { $contact }
give-look = Ver qué te piden
give-look-busy = Un momento…
give-wrote = Quien lo pide escribió:
give-no-note = No hay ninguna nota.
give-until = Puedes enviar hasta el { $date }.
give-button = Enviar
give-busy = Enviando…
give-changed-title = No envíes nada aquí
give-changed-why = Este enlace se modificó. Pide uno nuevo.
give-changed = No envíes nada aquí. Este enlace se modificó. Pide uno nuevo.
give-link-is-private = Este es tu enlace privado. No sirve para enviar. Ábrelo para ver qué llegó.

sent-title = Enviado
sent = Solo puede abrirlo la persona que lo pidió. Puedes cerrar esta página.
sent-by-site = La persona que lo pidió ya puede abrirlo. Puedes cerrar esta página.

request-over-title = Este enlace está cerrado
request-over-full-title = Ya llegó todo lo que se pidió
request-over-full = El enlace no acepta nada más.
request-over-expired = Se acabó el tiempo.
request-over-deleted = La persona que lo pidió lo cerró.
request-over-removed = El sitio retiró esto. Alguien lo denunció.
request-over-nothing = No se envió nada.
