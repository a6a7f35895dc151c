create-title = Envía algo que se abre una vez
create-intro = Escríbelo o añade archivos. Envía el enlace. Se abre una sola vez y luego desaparece.

create-server-locks = No se cierra con llave en tu navegador. { $site } lo cierra con llave cuando llega.
create-lock-how = Cómo cerrarlo con llave antes
create-browser-locks = Cerrado con llave en tu navegador. { $site } no puede leerlo.

create-needs-script-title = Activa JavaScript para enviar
create-needs-script = Este sitio solo acepta cosas cerradas con llave en tu navegador. Un navegador viejo no sabe hacerlo.
create-needs-https = Para enviar, usa { $address }.

create-message = Mensaje
create-message-hint = Una contraseña, un código, una nota
create-message-left = { $n ->
    [one] Queda { $n } carácter
   *[other] Quedan { $n } caracteres
}
create-message-over = { $n ->
    [one] Sobra { $n } carácter
   *[other] Sobran { $n } caracteres
}

create-files = Archivos
create-files-hint = Hasta { $n }. En total, hasta { $max }.
create-files-full = Ahora no hay espacio para archivos. Un mensaje sí cabe.
create-files-last = Elige los archivos al final. Si hay un problema, tendrás que elegirlos otra vez.
create-files-choose = Añadir archivos
create-files-more = Añadir más archivos
create-files-drop = O suéltalos en cualquier parte.
create-files-veil = Suelta para añadir
create-files-remove = Quitar
create-files-total = { $n ->
    [one] { $n } archivo, { $size } de { $max }
   *[other] { $n } archivos, { $size } de { $max }
}
create-files-show = { $n ->
    [one] Mostrar { $n } archivo más
   *[other] Mostrar { $n } archivos más
}
create-files-added = { $n ->
    [one] { $n } archivo añadido
   *[other] { $n } archivos añadidos
}
create-shared = Otra app u otro sitio envió esto. ¿Lo pones en tu mensaje?
create-shared-add = Ponerlo
create-shared-drop = No ponerlo
create-files-slow = Los archivos grandes tardan minutos. Deja esta página abierta.

create-lifetime = ¿Cuánto tiempo puede esperar?
create-lifetime-hint = Si nadie lo abre antes, se elimina.
create-more = Contraseña y hora exacta
create-password = Añadir una contraseña (opcional)
create-password-hint = { $n ->
    [one] Usa { $n } carácter o más. Dila por otro medio, como una llamada.
   *[other] Usa { $n } caracteres o más. Dila por otro medio, como una llamada.
}
create-password-make = Crear una para mí
create-password-busy = Creando una…

create-until = O elige el día y la hora (opcional)
create-until-hint = Entre { $from } y { $to } a partir de ahora

create-button = Crear mi enlace
create-ask = Pedir a alguien que te envíe algo
create-busy = Creando tu enlace…

problem-message-empty = Escribe algo o elige un archivo
problem-message-long = { $n ->
    [one] Acorta el mensaje en { $n } carácter
   *[other] Acorta el mensaje en { $n } caracteres
}
problem-password-short = { $n ->
    [one] Pon una contraseña de { $n } carácter o más
   *[other] Pon una contraseña de { $n } caracteres o más
}
problem-password-make = No pudimos crear una. Escribe la tuya
problem-lifetime = Elige cuándo eliminarlo
problem-until = Elige un momento entre { $from } y { $to } a partir de ahora
problem-until-part = Pon el día y también la hora
problem-files-many = { $n ->
    [one] Elige { $n } archivo como máximo
   *[other] Elige { $n } archivos como máximo
}
problem-files-big = Tus archivos ocupan { $size }. El máximo es { $max }
problem-file-big = { $name } es demasiado grande. El máximo es { $max }
problem-file-empty = { $name } está vacío. Elige otro archivo
problem-file-unreadable = No podemos leer { $name }. Si es una carpeta, conviértela antes en un archivo zip
problem-file-changed = { $name } ha cambiado. Elígelo otra vez
