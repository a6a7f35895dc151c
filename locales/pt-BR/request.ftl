request-title = Pedir algo
request-intro = Crie um link. A outra pessoa usa o link para enviar uma mensagem ou arquivos a você.
request-intro-only = Só você pode abrir.
request-server-locks = Seu navegador não vai trancar isto. { $site } tranca o conteúdo quando ele chega e não guarda nenhuma chave.
request-needs-script = Este site só aceita o que é trancado no seu navegador.
request-note = Do que você precisa? (opcional)
request-note-hint = Qualquer pessoa com o link pode ler isto
request-answers = Quantas respostas você quer?
request-count = { $n ->
    [one] { $n } resposta
   *[other] { $n } respostas
}
request-lifetime = Fechar o link depois de
request-button = Criar link de pedido
request-busy = Criando seus links…
request-preview = O que a outra pessoa vai ver
problem-note-long = Encurte o texto

request-ready-title = Você tem dois links
request-ready-send = Envie este
request-ready-send-name = Link para enviar
request-ready-until = Aceita respostas até { $date }.
request-ready-keep = Guarde este
request-ready-keep-name = Seu link privado
request-ready-why = Só este link abre a resposta. Não temos como recuperar o link.
request-ready-both = Guarde os dois links antes de sair.
request-note-shared = Envie para mim por este link, por favor. Funciona até { $date }.
request-code = QR code
request-code-warning = Qualquer pessoa que escanear isto pode responder a você.
request-keep-copy = Copiar link privado
request-keep-share = Enviar para mim
request-keep-shared = Meu link privado. Ele abre o que me enviam. Não passe adiante.
request-keep-print = Imprimir
request-keep-done = Guarde onde só você olha.
request-keep-code = QR code do seu link privado
request-keep-code-warning = Qualquer pessoa que escanear isto pode abrir as suas respostas.

collect-heading = Você já fez um pedido?
collect-link = Cole seu link privado
collect-button = Ver o que chegou
collect-none-title = Ainda não chegou nada
collect-never-title = Não chegou nada
collect-title = { $n ->
    [one] Sua resposta está aqui
   *[other] { $n } respostas estão aqui
}
collect-open = O link aceita respostas até { $date }.
collect-full = Todas as respostas chegaram. O link está fechado.
collect-expired = O tempo acabou. O link está fechado.
collect-deleted = Você fechou o link.
collect-removed = O site removeu isto. Alguém denunciou.
collect-answer = Resposta { $n }
collect-came = Chegou em: { $date }.
collect-once = Cada uma abre uma única vez. Depois é apagada.
collect-changed = Esta resposta foi alterada no caminho. Peça de novo.
collect-message = Uma mensagem.
collect-files = Arquivos, cerca de { $size }.
collect-unsaved = Aberta. Você pode continuar até { $date }.
collect-opened = Aberta em: { $date }.
collect-gone = Não existe mais. Peça de novo.
collect-asked = Você pediu:
collect-again = Pedir de novo
collect-end = Fechar o link
collect-end-title = Fechar o link?
collect-end-text = Não vai chegar mais nada. O que chegou fica aqui.
collect-end-yes = Fechar
collect-end-busy = Fechando…
collect-end-no = Deixar aberto

problem-link-is-to-send = Este é o link para enviar. Cole seu link privado.
problem-link-is-of-share = Este é outro tipo de link.
