create-title = Envie algo que só abre uma vez
create-intro = Escreva ou adicione arquivos. Envie o link. Ele abre uma única vez e depois some.

create-server-locks = Não é trancado no seu navegador. { $site } tranca o conteúdo quando ele chega.
create-lock-how = Como trancar antes de enviar
create-browser-locks = Trancado no seu navegador. { $site } não consegue ler o conteúdo.

create-needs-script-title = Ative o JavaScript para enviar
create-needs-script = Este site só aceita o que é trancado no seu navegador. Um navegador antigo não consegue trancar.
create-needs-https = Para enviar, use { $address }.

create-message = Mensagem
create-message-hint = Uma senha, um código, um recado
create-message-left = { $n ->
    [one] Resta { $n } caractere
   *[other] Restam { $n } caracteres
}
create-message-over = { $n ->
    [one] { $n } caractere a mais
   *[other] { $n } caracteres a mais
}

create-files = Arquivos
create-files-hint = No máximo { $n }, até { $max } no total.
create-files-full = Não há espaço para arquivos agora. Uma mensagem ainda cabe.
create-files-last = Escolha os arquivos por último. Se houver um problema, você terá que escolher de novo.
create-files-choose = Adicionar arquivos
create-files-more = Adicionar mais arquivos
create-files-drop = Ou solte em qualquer lugar.
create-files-veil = Solte para adicionar
create-files-remove = Remover
create-files-total = { $n ->
    [one] { $n } arquivo, { $size } de { $max }
   *[other] { $n } arquivos, { $size } de { $max }
}
create-files-show = { $n ->
    [one] Mostrar mais { $n } arquivo
   *[other] Mostrar mais { $n } arquivos
}
create-files-added = { $n ->
    [one] { $n } arquivo adicionado
   *[other] { $n } arquivos adicionados
}
create-shared = Isto veio de outro app ou site. Colocar na sua mensagem?
create-shared-add = Colocar
create-shared-drop = Deixar de fora
create-files-slow = Arquivos grandes demoram alguns minutos. Deixe esta página aberta.

create-lifetime = Quanto tempo pode esperar?
create-lifetime-hint = Se ninguém abrir até lá, é apagado.
create-more = Senha e hora exata
create-password = Colocar uma senha (opcional)
create-password-hint = { $n ->
    [one] Use { $n } caractere ou mais. Passe a senha de outro jeito, como por telefone.
   *[other] Use { $n } caracteres ou mais. Passe a senha de outro jeito, como por telefone.
}
create-password-make = Criar uma para mim
create-password-busy = Criando…

create-until = Ou escolha o dia e a hora (opcional)
create-until-hint = Entre { $from } e { $to } a partir de agora

create-button = Criar meu link
create-ask = Pedir que alguém envie algo a você
create-busy = Criando seu link…

problem-message-empty = Escreva algo ou escolha um arquivo
problem-message-long = { $n ->
    [one] Encurte a mensagem em { $n } caractere
   *[other] Encurte a mensagem em { $n } caracteres
}
problem-password-short = { $n ->
    [one] Use uma senha com { $n } caractere ou mais
   *[other] Use uma senha com { $n } caracteres ou mais
}
problem-password-make = Não conseguimos criar uma. Digite a sua
problem-lifetime = Escolha quando apagar
problem-until = Escolha um momento entre { $from } e { $to } a partir de agora
problem-until-part = Preencha o dia e também a hora
problem-files-many = { $n ->
    [one] Escolha no máximo { $n } arquivo
   *[other] Escolha no máximo { $n } arquivos
}
problem-files-big = Seus arquivos têm { $size }. O máximo é { $max }
problem-file-big = { $name } é grande demais. O máximo é { $max }
problem-file-empty = { $name } está vazio. Escolha outro arquivo
problem-file-unreadable = Não conseguimos ler { $name }. Se for uma pasta, transforme antes em um arquivo zip
problem-file-changed = { $name } mudou. Escolha de novo
