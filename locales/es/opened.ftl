opened-title-message = Aquí está tu mensaje
opened-title-files = Aquí están tus archivos
opened-title-both = Esto es lo que te enviaron

opened-deleted = Se eliminó de { $site }. Ahora solo lo tiene esta página.
opened-reading = { $site } lo conserva hasta el { $date }, solo para esta página. Recárgala para verlo otra vez.
opened-reading-within = Recarga esta página para verlo otra vez. { $site } elimina su copia en { $span } como máximo.
opened-within = { $site } elimina su copia en { $span } como máximo.
opened-message = Mensaje
opened-copy = Copiar
opened-copied = Mensaje copiado
opened-copy-failed = No se pudo copiar. El mensaje está seleccionado. Cópialo a mano.
opened-unfold = Mostrar el resto
opened-fold = Mostrar menos
opened-align = Mostrar en columnas
opened-wrap = Ajustar las líneas
opened-save = Guardar como archivo
opened-file-name = mensaje

opened-files = Archivos
opened-count = { $n ->
    [one] { $n } archivo, { $size }
   *[other] { $n } archivos, { $size }
}
opened-files-notice = Abre solo los archivos que esperabas.
opened-keeping-minutes = { $n ->
    [one] Queda { $n } minuto aproximadamente
   *[other] Quedan unos { $n } minutos
}
opened-keeping-hours = { $n ->
    [one] Queda una hora aproximadamente
   *[other] Quedan unas { $n } horas
}
opened-all-saved = Todo guardado. Eliminado de { $site }.
opened-file-save = Guardar
opened-file-saving = Guardando { $n } %
opened-file-saved = Guardado.
opened-file-again = Otra vez
opened-file-failed = No se guardó.
opened-file-retry = Reintentar
opened-share = Guardar o compartir
opened-blocked = Esta app no deja guardar. Abre el enlace en tu navegador. Tienes { $grace }.
opened-save-all = Guardar todo
opened-downloaded = Todos los archivos fueron a tus descargas. Comprueba que se abren.
opened-have-all = Los tengo todos. Eliminarlos
opened-program = Un programa. Ábrelo solo si confías en quien lo envió.
opened-renamed = Cambiamos este nombre para que cualquier dispositivo pueda guardarlo.
opened-over = Ya no puedes guardar estos archivos aquí. Se acabó su tiempo o seguiste en otro navegador.
opened-no-room = No hay espacio para este archivo en tu dispositivo.
opened-holds = Tu navegador tiene que cargar el archivo entero antes de poder guardarlo. Los archivos grandes pueden fallar.
opened-picture = Mostrar imagen
opened-picture-alt = Imagen: { $name }
opened-picture-failed = No podemos mostrar esta imagen. Mejor guárdala.
opened-play = Reproducir
opened-player = Reproductor: { $name }
opened-play-failed = No podemos reproducir esto. Mejor guárdalo.
opened-words = Si quien lo envió pregunta quién lo abrió, di estas palabras: { $words }. Quizá esa persona también las vea.
opened-clear = Ya lo guardé. Borrar la página
opened-done-title = Todo listo
opened-done = No queda nada en { $site } ni en esta página.
opened-done-until = No queda nada en esta página. { $site } elimina su copia antes del { $date }.
opened-back = Enviar algo de vuelta
