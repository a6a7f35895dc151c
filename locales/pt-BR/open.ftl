open-title = Alguém enviou algo para você
open-intro = Abre uma única vez e depois é apagado.
open-expected = Você estava esperando isto?

open-notice = { $site } não sabe quem enviou. Se você não estava esperando, pergunte antes, por telefone ou chat.

open-what-message = Uma mensagem. Abre uma única vez e depois é apagada.
open-what-files = Arquivos, cerca de { $size }. Abrem uma única vez e depois são apagados.
open-before = Abra antes de { $date }.
open-host = Você está em { $address }.

open-password = Senha que você recebeu
open-password-hint = Não é a senha do seu e-mail nem do banco
open-button = Abrir agora
open-busy = Abrindo…
open-not-you = Não é para você? Feche esta página. Nada foi aberto.
open-report = É golpe ou ameaça? Não abra. Avise-nos e envie o link: { $contact }
open-elsewhere = Outro app abriu esta página?
open-elsewhere-why = Ali talvez não dê para salvar. Copie o link e abra no seu navegador.
open-taking-over = Você abriu isto em outro app: { $date }. Continuar aqui?
open-own = Você criou este link. Se você abrir, a outra pessoa não vai mais conseguir abrir.
open-own-anyway = Abrir mesmo assim

open-link = Cole aqui o link inteiro
open-link-hint = Precisamos da parte depois do #. Seu navegador não mostra essa parte para nós.
open-password-maybe-hint = Só se quem enviou colocou uma
open-server-unlocks = Sem JavaScript, quem destranca é o site { $site }. Ele vê o conteúdo por um instante e não guarda nenhuma cópia.
open-server-unlocks-http = Sem https, quem destranca é o site { $site }. Ele vê o conteúdo por um instante e não guarda nenhuma cópia.
open-needs-script = Para abrir, ative o JavaScript ou use um navegador mais novo. Nada foi aberto ainda.
open-needs-https = Para abrir, use { $address }. Nada foi aberto ainda.

problem-password-needed = Digite a senha que você recebeu
problem-password-not-right = A senha não está certa.
problem-password-wrong = { $n ->
    [one] A senha não está certa. Você pode tentar mais { $n } vez.
   *[other] A senha não está certa. Você pode tentar mais { $n } vezes.
}
problem-password-wait = { $n ->
    [one] Tentativas demais. Espere { $n } minuto.
   *[other] Tentativas demais. Espere { $n } minutos.
}
problem-lost = Este site perdeu uma parte. Peça um novo link.
problem-link = O link não está inteiro. Copie tudo de novo.
problem-changed = Isto foi alterado no caminho. Peça um novo link.

damaged-title = Este link não está completo
damaged = Uma parte se perdeu. Nada foi aberto.
damaged-own = Este link é só para quem enviou. Ele não abre nada. Peça o outro link a essa pessoa.
damaged-link = Cole o link inteiro
damaged-button = Tentar este link

open-terminal = Abra este link em um navegador. Nada foi aberto.
open-terminal-how = Copie tudo, também a parte depois do #.
