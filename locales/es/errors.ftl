error-bad-request-title = No lo entendimos
error-bad-request = Vuelve atrás e inténtalo otra vez.
error-forbidden-title = No puedes enviar desde aquí
error-forbidden = Solo algunas personas pueden crear enlaces aquí. Cualquiera puede abrir uno.
error-cross-site-title = No puedes enviar desde aquí
error-cross-site = Otro sitio envió esto. No se cambió nada. Abre este sitio directamente e inténtalo otra vez.
error-not-found-title = Esta página no está aquí
error-not-found = Revisa la dirección o empieza de nuevo.
error-too-large-title = Es demasiado grande
error-too-large = El máximo es { $max } en total. Vuelve atrás y quita algunos archivos.
error-missing-title = Falta algo
error-missing = Vuelve atrás y revisa cada campo.
error-too-many-title = Demasiados intentos
error-too-many = { $n ->
    [one] Espera { $n } minuto y vuelve a intentarlo.
   *[other] Espera { $n } minutos y vuelve a intentarlo.
}
error-broken-title = Algo falló de nuestro lado
error-broken = Espera unos minutos. Puedes intentarlo otra vez sin riesgo.
error-closed-title = { $site } está cerrado por ahora
error-closed = Inténtalo más tarde.
error-closed-links = Los enlaces en espera se conservan, pero su fecha final no cambia.
error-full-title = { $site } está lleno
error-full = Ahora no hay espacio. Prueba con un archivo más pequeño o inténtalo más tarde.
error-full-fits = Ahora hay espacio para { $max }. Prueba con archivos más pequeños o inténtalo más tarde.
error-between = Algo entre tú y { $site } no funciona. Inténtalo otra vez pronto. Si sigue así, dile a quien administra el sitio: { $status }.
error-between-size = Algo entre tú y { $site } rechaza los trozos grandes. Dile a quien administra el sitio: { $status }.
error-incident = Si avisas a quien administra el sitio, di: { $incident }
