gone-title = Este enlace no funciona
gone = Ya se abrió, se acabó su tiempo o lo eliminó quien lo envió. O falta una parte del enlace. No podemos decirte cuál de estas cosas pasó.
gone-opened-title = Esto ya se abrió
gone-opened = El { $date }. ¿No fuiste tú? Avisa ya a quien lo envió, para que pueda cambiar la contraseña o el código que envió.
gone-expired-title = Se acabó el tiempo
gone-expired = Nadie lo abrió.
gone-deleted-title = Lo eliminó quien lo envió
gone-deleted = Nadie lo abrió.
gone-removed-title = El sitio retiró esto
gone-removed = Nadie lo abrió. Alguien lo denunció.

gone-do-heading = Qué puedes hacer
gone-do-ask = Pide un enlace nuevo a quien lo envió.
gone-do-tell = Si nunca lo abriste, avisa a esa persona. Quizá lo abrió otra persona.
gone-do-report = ¿Era un engaño o una amenaza? Avísanos y envíanos el enlace: { $contact }
