give-title = Alguém pede algo a você
give-notice = Não sabemos quem pediu. Antes, fale com a pessoa que você acha que pediu. Nunca envie a senha do banco nem um código recebido por SMS.
give-report = É golpe ou ameaça? Não envie nada. Avise-nos e envie o link: { $contact }
give-look = Ver o que pedem
give-look-busy = Um instante…
give-wrote = A pessoa escreveu:
give-no-note = A pessoa não deixou recado.
give-until = Você pode enviar até { $date }.
give-button = Enviar
give-busy = Enviando…
give-changed-title = Não envie nada aqui
give-changed-why = Este link foi alterado. Peça um novo.
give-changed = Não envie nada aqui. Este link foi alterado. Peça um novo.
give-link-is-private = Este é o seu link privado. Ele não serve para enviar. Abra para ver o que chegou.

sent-title = Enviado
sent = Só a pessoa que pediu pode abrir. Você pode fechar esta página.
sent-by-site = A pessoa que pediu já pode abrir. Você pode fechar esta página.

request-over-title = Este link está fechado
request-over-full-title = Quem pediu já recebeu tudo
request-over-full = O link não aceita mais nada.
request-over-expired = O tempo acabou.
request-over-deleted = A pessoa que pediu fechou o link.
request-over-removed = O site removeu isto. Alguém denunciou.
request-over-nothing = Nada foi enviado.
