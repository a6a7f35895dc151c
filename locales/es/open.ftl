open-title = Alguien te envió algo
open-intro = Se abre una sola vez y luego se elimina.
open-expected = ¿Lo esperabas?

open-notice = { $site } no sabe quién lo envió. Si no lo esperabas, pregunta antes, por teléfono o por chat.

open-what-message = Un mensaje. Se abre una sola vez y luego se elimina.
open-what-files = Archivos, unos { $size }. Se abren una sola vez y luego se eliminan.
open-before = Ábrelo antes del { $date }.
open-host = Estás en { $address }.

open-password = Contraseña que te dieron
open-password-hint = No la de tu correo ni la de tu banco
open-button = Abrirlo ahora
open-busy = Abriendo…
open-not-you = ¿No es para ti? Cierra esta página. No se ha abierto nada.
open-report = ¿Es un engaño o una amenaza? No lo abras. Avísanos y envíanos el enlace: { $contact }
open-elsewhere = ¿Otra app abrió esta página?
open-elsewhere-why = Quizá ahí no se pueda guardar. Copia el enlace y ábrelo en tu navegador.
open-taking-over = Abriste esto en otra app el { $date }. ¿Seguir aquí?
open-own = Este enlace lo creaste tú. Si lo abres, la otra persona ya no podrá abrirlo.
open-own-anyway = Abrirlo de todos modos

open-link = Pega aquí el enlace completo
open-link-hint = Necesitamos la parte que va después de #. Tu navegador no nos la enseña.
open-password-maybe-hint = Solo si te dieron una
open-server-unlocks = Sin JavaScript, es { $site } quien lo abre con la llave. Lo ve un momento y no conserva ninguna copia.
open-server-unlocks-http = Sin https, es { $site } quien lo abre con la llave. Lo ve un momento y no conserva ninguna copia.
open-needs-script = Para abrirlo, activa JavaScript o usa un navegador más nuevo. Todavía no se ha abierto nada.
open-needs-https = Para abrirlo, usa { $address }. Todavía no se ha abierto nada.

problem-password-needed = Escribe la contraseña que te dieron
problem-password-not-right = Esa contraseña no es correcta.
problem-password-wrong = { $n ->
    [one] Esa contraseña no es correcta. Te queda { $n } intento.
   *[other] Esa contraseña no es correcta. Te quedan { $n } intentos.
}
problem-password-wait = { $n ->
    [one] Demasiados intentos. Espera { $n } minuto.
   *[other] Demasiados intentos. Espera { $n } minutos.
}
problem-lost = Este sitio perdió una parte. Pide un enlace nuevo.
problem-link = El enlace no está completo. Cópialo entero otra vez.
problem-changed = Esto se modificó por el camino. Pide un enlace nuevo.

damaged-title = Este enlace no está completo
damaged = Se perdió una parte. No se abrió nada.
damaged-own = Este enlace es solo para quien lo envió. No abre nada. Pídele el otro enlace.
damaged-link = Pega el enlace completo
damaged-button = Probar este enlace

open-terminal = Abre este enlace en un navegador. No se abrió nada.
open-terminal-how = Cópialo entero, también la parte que va después de #.
