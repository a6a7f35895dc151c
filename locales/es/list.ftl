list-keep = Guardar lista en el dispositivo
list-hint = La lista tiene los enlaces de seguimiento de lo que envías desde aquí. Quien use este navegador puede verla. Una ventana privada la pierde al cerrarse.
list-kept = Está en la lista de este dispositivo.
list-see = Ver la lista
list-not-kept = Tu navegador no conserva ninguna lista aquí. Guarda el enlace de seguimiento.

list-title = Enviado desde este dispositivo
list-made = Enviado el { $date }
list-empty = La lista está vacía.
list-gone = Ya no está
list-unknown = No pudimos comprobarlo. Carga la página otra vez.
list-forget = Olvidar
list-forgotten = Olvidado
list-forget-all = Olvidar todo
list-forgotten-all = Todo olvidado. Ya no conservamos ninguna lista.
