status-title = Mira si se abrió
status-link = Pega tu enlace de seguimiento
status-check = Comprobar

status-waiting-title = Todavía sin abrir
status-waiting = Se eliminará el { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } contraseña incorrecta hasta ahora.
   *[other] { $n } contraseñas incorrectas hasta ahora.
}
status-opened-title = Abierto y eliminado
status-opened = Se abrió el { $date }.
status-reading-title = Abierto
status-reading = Quien lo abrió puede leerlo otra vez hasta el { $date }. Luego se elimina.
status-unsaved-title = Abierto; aún hay archivos
status-unsaved = Quien lo abrió puede guardar los archivos hasta el { $date }.
status-words = Quien lo abrió ve estas palabras: { $words }. Llama a la persona a quien lo enviaste y pregúntale qué palabras ve.
status-expired-title = Se acabó el tiempo
status-expired = Nadie lo abrió. Se eliminó.
status-deleted-title = Lo eliminaste tú
status-deleted = El { $date }. Nadie lo abrió.

status-removed-title = El sitio retiró esto
status-removed = El { $date }. Nadie lo abrió. Alguien lo denunció.
status-moved = Quien lo abrió siguió en otro navegador el { $date }.
status-lost = Este sitio perdió una parte de los archivos. Por favor, envíalos otra vez.

status-step-made = Enlace creado
status-step-opened = Abierto
status-step-unopened = Sin abrir
status-step-deleted = Eliminado
status-nothing-left = No queda nada en { $site }.
status-not-them = ¿No fue esa persona? Cambia la contraseña o el código que enviaste.

status-updates = Esta página se actualiza sola.
status-private = Esta página es solo para ti. Su enlace funciona hasta el { $date }.
status-checked = Última comprobación: { $date }.
status-again = Comprobar otra vez
status-busy = Comprobando…

status-delete = Eliminarlo ahora
status-delete-title = ¿Eliminarlo ahora?
status-delete-text = El enlace dejará de funcionar. No se puede deshacer.
status-delete-yes = Eliminarlo
status-delete-busy = Eliminando…
status-delete-no = Conservarlo
status-other-link = Este es el enlace para enviar. Pega tu propio enlace de seguimiento.
