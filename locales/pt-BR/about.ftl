about-title = Como funciona
about-intro = Um envelope lacrado que só abre uma vez.

about-write-heading = Você escreve
about-write = Uma mensagem, arquivos ou os dois.
about-lock-heading = Seu navegador tranca
about-lock = A chave está no link. { $site } só recebe a cópia trancada.
about-open-heading = Só abre uma vez
about-open = A primeira pessoa que abrir o link vê o conteúdo.
about-gone-heading = Depois some
about-gone = Apagamos a nossa cópia. Ninguém pode abrir de novo.

about-ask-heading = Precisa que alguém envie algo?
about-ask = Faça um pedido. Você recebe um link para enviar e um link privado. A outra pessoa responde pelo primeiro.
about-ask-keep = Só o seu link privado abre o que a outra pessoa enviar. Guarde esse link. Não conseguimos recuperá-lo.

about-who-heading = Quem pode ler
about-who = Qualquer pessoa que tenha o link, uma única vez. Coloque uma senha se outras pessoas veem a sua conversa.
about-can-count = Podemos ver o tamanho e quando foi aberto.
about-cannot-read = Não conseguimos ler o conteúdo.
about-cannot-know = Não temos como saber quem abriu, nem impedir uma captura de tela.
about-cannot-return = Não conseguimos recuperar o conteúdo.

about-real-heading = Meu link é verdadeiro?
about-real = Ele começa com { $address }.
about-real-never = Nunca pedimos seu endereço de e-mail, a senha do seu banco nem dinheiro.

about-keep-heading = O que guardamos
about-keep = { $n ->
    [one] A cópia trancada é apagada quando alguém abre ou o tempo acaba. Depois, por mais { $n } dia, guardamos só isto:
   *[other] A cópia trancada é apagada quando alguém abre ou o tempo acaba. Depois, por mais { $n } dias, guardamos só isto:
}
about-keep-reading = Uma mensagem aberta fica até que quem a lê limpe a página, por { $span } no máximo.
about-keep-times = quando foi criado, quando foi aberto e como terminou
about-keep-size = o tamanho aproximado e em quantas partes chegou
about-keep-tries = quantas senhas erradas foram tentadas
about-keep-words = um código do navegador que abriu, para as três palavras que você pode comparar
about-keep-list = Se você pedir uma lista do que enviou, só o seu navegador a guarda.
about-keep-not = Não guardamos seu nome, seu endereço de internet nem sua mensagem.

about-first-heading = Como trancar antes de enviar
about-first = Sem JavaScript, quem tranca é o site { $site }. Por isso ele vê sua mensagem por um instante.
about-first-https = Para trancar antes de enviar, use { $address } com o JavaScript ativado.
about-first-how = Para trancar antes de enviar, ative o JavaScript ou use um navegador mais novo.

about-report-heading = Denunciar um link perigoso
