status-title = Veja se foi aberto
status-link = Cole seu link de acompanhamento
status-check = Verificar

status-waiting-title = Ainda não foi aberto
status-waiting = Será apagado em: { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } senha errada até agora.
   *[other] { $n } senhas erradas até agora.
}
status-opened-title = Aberto e apagado
status-opened = Aberto em: { $date }.
status-reading-title = Aberto
status-reading = Quem abriu pode ler de novo até { $date }. Depois é apagado.
status-unsaved-title = Aberto, ainda há arquivos
status-unsaved = Quem abriu pode salvar os arquivos até { $date }.
status-words = Quem abriu vê estas palavras: { $words }. Ligue para a pessoa a quem você enviou e pergunte quais palavras ela vê.
status-expired-title = O tempo acabou
status-expired = Ninguém abriu. Foi apagado.
status-deleted-title = Apagado por você
status-deleted = Data: { $date }. Ninguém abriu.

status-removed-title = O site removeu isto
status-removed = Data: { $date }. Ninguém abriu. Alguém denunciou.
status-moved = Quem abriu continuou em outro navegador: { $date }.
status-lost = Este site perdeu uma parte dos arquivos. Por favor, envie de novo.

status-step-made = Link criado
status-step-opened = Aberto
status-step-unopened = Não aberto
status-step-deleted = Apagado
status-nothing-left = Não sobrou nada em { $site }.
status-not-them = Não foi essa pessoa? Troque a senha ou o código que você enviou.

status-updates = Esta página se atualiza sozinha.
status-private = Esta página é só para você. O link dela funciona até { $date }.
status-checked = Última verificação: { $date }.
status-again = Verificar de novo
status-busy = Verificando…

status-delete = Apagar agora
status-delete-title = Apagar agora?
status-delete-text = O link deixa de funcionar. Não dá para desfazer.
status-delete-yes = Apagar
status-delete-busy = Apagando…
status-delete-no = Manter
status-other-link = Este é o link para enviar. Cole seu próprio link de acompanhamento.
