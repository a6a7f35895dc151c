about-title = Cómo funciona
about-intro = Un sobre cerrado que se abre una sola vez.

about-write-heading = Tú escribes
about-write = Un mensaje, archivos o las dos cosas.
about-lock-heading = Tu navegador lo cierra con llave
about-lock = La llave va en el enlace. { $site } solo recibe la copia cerrada con llave.
about-open-heading = Se abre una sola vez
about-open = La primera persona que abre el enlace ve lo que envías.
about-gone-heading = Y luego desaparece
about-gone = Eliminamos nuestra copia. Ya nadie puede abrirlo.

about-ask-heading = ¿Necesitas que alguien te envíe algo?
about-ask = Haz una solicitud. Recibes un enlace para enviar y un enlace privado. La otra persona responde con el primero.
about-ask-keep = Solo tu enlace privado abre lo que te envían. Guárdalo. No podemos recuperarlo.

about-who-heading = Quién puede leerlo
about-who = Cualquiera que tenga el enlace, una sola vez. Añade una contraseña si otras personas ven tu chat.
about-can-count = Podemos ver cuánto ocupa y cuándo se abrió.
about-cannot-read = No podemos leerlo.
about-cannot-know = No podemos saber quién lo abrió ni impedir una captura de pantalla.
about-cannot-return = No podemos recuperarlo.

about-real-heading = ¿Mi enlace es auténtico?
about-real = Empieza por { $address }.
about-real-never = Nunca pedimos tu dirección de correo, la contraseña de tu banco ni dinero.

about-keep-heading = Qué conservamos
about-keep = { $n ->
    [one] La copia cerrada con llave se elimina cuando se abre o se acaba el tiempo. Conservamos esto { $n } día más:
   *[other] La copia cerrada con llave se elimina cuando se abre o se acaba el tiempo. Conservamos esto { $n } días más:
}
about-keep-reading = Un mensaje abierto se queda hasta que quien lo lee lo borra, { $span } como máximo.
about-keep-times = cuándo se creó, cuándo se abrió y cómo terminó
about-keep-size = cuánto ocupaba, más o menos, y en cuántas partes llegó
about-keep-tries = cuántas contraseñas incorrectas se probaron
about-keep-words = un código del navegador que lo abrió, para las tres palabras que puedes comparar
about-keep-list = Si pides una lista de lo que enviaste, solo la conserva tu navegador.
about-keep-not = No conservamos tu nombre, tu dirección de internet ni tu mensaje.

about-first-heading = Cómo cerrarlo con llave antes
about-first = Sin JavaScript, es { $site } quien lo cierra con llave. Por eso el sitio ve tu mensaje un momento.
about-first-https = Para cerrarlo con llave antes de que salga, usa { $address } con JavaScript activado.
about-first-how = Para cerrarlo con llave antes de que salga, activa JavaScript o usa un navegador más nuevo.

about-report-heading = Denunciar un enlace peligroso
