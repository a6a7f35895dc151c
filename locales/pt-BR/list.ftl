list-keep = Guardar lista no dispositivo
list-hint = A lista tem os links de acompanhamento do que você envia daqui. Quem usa este navegador pode vê-la. Uma janela privada perde a lista quando é fechada.
list-kept = Está na lista deste dispositivo.
list-see = Ver a lista
list-not-kept = Seu navegador não guarda lista aqui. Guarde o link de acompanhamento.

list-title = Enviado deste dispositivo
list-made = Enviado em: { $date }
list-empty = A lista está vazia.
list-gone = Não está mais lá
list-unknown = Não conseguimos verificar. Carregue a página de novo.
list-forget = Esquecer
list-forgotten = Esquecido
list-forget-all = Esquecer tudo
list-forgotten-all = Tudo esquecido. Não guardamos mais nenhuma lista.
