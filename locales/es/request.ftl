request-title = Pedir algo
request-intro = Crea un enlace. La otra persona lo usa para enviarte un mensaje o archivos.
request-intro-only = Solo tú puedes abrirlos.
request-server-locks = Tu navegador no cerrará esto con llave. { $site } lo cierra con llave cuando llega y no conserva ninguna llave.
request-needs-script = Este sitio solo acepta cosas cerradas con llave en tu navegador.
request-note = ¿Qué necesitas? (opcional)
request-note-hint = Cualquiera que tenga el enlace puede leer esto
request-answers = ¿Cuántas respuestas quieres?
request-count = { $n ->
    [one] { $n } respuesta
   *[other] { $n } respuestas
}
request-lifetime = Cerrar el enlace después de
request-button = Crear enlace de solicitud
request-busy = Creando tus enlaces…
request-preview = Lo que verá la otra persona
problem-note-long = Acorta el texto

request-ready-title = Tienes dos enlaces
request-ready-send = Envía este
request-ready-send-name = Enlace para enviar
request-ready-until = Acepta respuestas hasta el { $date }.
request-ready-keep = Guarda este
request-ready-keep-name = Tu enlace privado
request-ready-why = Solo este enlace abre la respuesta. No podemos recuperarlo.
request-ready-both = Guarda los dos enlaces antes de salir.
request-note-shared = Gracias por enviármelo con este enlace. Funciona hasta el { $date }.
request-code = Código QR
request-code-warning = Cualquiera que escanee esto puede responderte.
request-keep-copy = Copiar enlace privado
request-keep-share = Enviármelo
request-keep-shared = Mi enlace privado. Abre lo que me envían. No se lo pases a nadie.
request-keep-print = Imprimirlo
request-keep-done = Guárdalo donde solo mires tú.
request-keep-code = Código QR de tu enlace privado
request-keep-code-warning = Cualquiera que escanee esto puede abrir tus respuestas.

collect-heading = ¿Ya pediste algo?
collect-link = Pega tu enlace privado
collect-button = Ver qué llegó
collect-none-title = Todavía no ha llegado nada
collect-never-title = No llegó nada
collect-title = { $n ->
    [one] Tu respuesta está aquí
   *[other] { $n } respuestas están aquí
}
collect-open = El enlace acepta respuestas hasta el { $date }.
collect-full = Llegaron todas las respuestas. El enlace está cerrado.
collect-expired = Se acabó el tiempo. El enlace está cerrado.
collect-deleted = Cerraste el enlace.
collect-removed = El sitio retiró esto. Alguien lo denunció.
collect-answer = Respuesta { $n }
collect-came = Llegó el { $date }.
collect-once = Cada una se abre una sola vez. Luego se elimina.
collect-changed = Esta respuesta se modificó por el camino. Pídela otra vez.
collect-message = Un mensaje.
collect-files = Archivos, unos { $size }.
collect-unsaved = Abierta. Puedes seguir hasta el { $date }.
collect-opened = Abierta el { $date }.
collect-gone = Ya no está. Pídela otra vez.
collect-asked = Pediste:
collect-again = Pedir otra vez
collect-end = Cerrar el enlace
collect-end-title = ¿Cerrar el enlace?
collect-end-text = No podrá llegar nada más. Lo que llegó se queda aquí.
collect-end-yes = Cerrarlo
collect-end-busy = Cerrando…
collect-end-no = Dejarlo abierto

problem-link-is-to-send = Este es el enlace para enviar. Pega tu enlace privado.
problem-link-is-of-share = Este enlace es de otro tipo.
