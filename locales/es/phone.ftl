offline-title = No tienes conexión
offline = { $site } necesita internet. Los enlaces en espera están a salvo.
offline-again = Reintentar

share-title = Elige otra vez tus archivos
share = No conservamos nada de lo que compartiste.
