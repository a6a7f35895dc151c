gone-title = Este link não funciona
gone = Ele foi aberto, o tempo acabou ou quem enviou apagou. Ou falta uma parte do link. Não podemos dizer qual dessas coisas aconteceu.
gone-opened-title = Isto já foi aberto
gone-opened = Aberto em: { $date }. Não foi você? Avise logo quem enviou, para que possa trocar a senha ou o código que enviou.
gone-expired-title = O tempo acabou
gone-expired = Ninguém abriu.
gone-deleted-title = Quem enviou apagou isto
gone-deleted = Ninguém abriu.
gone-removed-title = O site removeu isto
gone-removed = Ninguém abriu. Alguém denunciou.

gone-do-heading = O que você pode fazer
gone-do-ask = Peça um novo link a quem enviou.
gone-do-tell = Se você nunca abriu, avise quem enviou. Outra pessoa pode ter aberto.
gone-do-report = Era golpe ou ameaça? Avise-nos e envie o link: { $contact }
