ready-title = Seu link está pronto
ready-intro = Envie para uma única pessoa
ready-once = Não abra o link, nem para testar. Ele só abre uma vez.
ready-link = Link
ready-copy = Copiar link
ready-copy-note = Copiar com um recado curto
ready-note-language = Idioma do recado
ready-share = Compartilhar
ready-share-failed = Não deu para compartilhar. Copie o link.
ready-note = Enviei algo para você. Só abre uma vez, antes de { $date }.
ready-by-hand = Toque no link e segure para copiar.
copied = Copiado
ready-paste = Agora cole na sua conversa.
copied-link = Link copiado
copy-failed = Não deu para copiar. O link está selecionado. Copie manualmente.

ready-more = Outros jeitos: recado, QR code
ready-code-label = QR code do link
ready-code-warning = Qualquer pessoa que escanear isto pode abrir.

ready-apart-heading = Passe a senha de outro jeito
ready-apart = Envie o link na conversa. Diga a senha por telefone.
ready-password-copy = Copiar senha
ready-password-show = Mostrar senha
ready-password-hide = Ocultar senha
copied-password = Senha copiada
copy-password-failed = Não deu para copiar. A senha está selecionada. Copie manualmente.

ready-opens = Abre
ready-opens-once = Uma única vez
ready-until = Apagado se ninguém abrir até
ready-password = Senha
ready-password-yes = Sim
ready-password-no = Não

ready-status-heading = Veja quando for aberto
ready-status = Só você pode ver a página de acompanhamento. Guarde o link dela.
ready-status-link = Página de acompanhamento
ready-status-copy = Copiar link de acompanhamento
ready-status-name = Link de acompanhamento
ready-again = Enviar outra coisa

already-title = Você já criou este link
already = Não guardamos nenhuma cópia. Se você perdeu, crie um novo.
