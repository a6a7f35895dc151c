opened-title-message = Aqui está sua mensagem
opened-title-files = Aqui estão seus arquivos
opened-title-both = Aqui está o que enviaram

opened-deleted = Foi apagado do site { $site }. Agora só está nesta página.
opened-reading = { $site } guarda isto até { $date }, só para esta página. Recarregue para ver de novo.
opened-reading-within = Recarregue esta página para ver de novo. { $site } apaga a própria cópia em até { $span }.
opened-within = { $site } apaga a própria cópia em até { $span }.
opened-message = Mensagem
opened-copy = Copiar
opened-copied = Mensagem copiada
opened-copy-failed = Não deu para copiar. A mensagem está selecionada. Copie manualmente.
opened-unfold = Mostrar o resto
opened-fold = Mostrar menos
opened-align = Mostrar em colunas
opened-wrap = Quebrar as linhas
opened-save = Salvar como arquivo
opened-file-name = mensagem

opened-files = Arquivos
opened-count = { $n ->
    [one] { $n } arquivo, { $size }
   *[other] { $n } arquivos, { $size }
}
opened-files-notice = Só abra arquivos que você esperava.
opened-keeping-minutes = { $n ->
    [one] Guardados por cerca de { $n } minuto
   *[other] Guardados por cerca de { $n } minutos
}
opened-keeping-hours = { $n ->
    [one] Guardados por cerca de uma hora
   *[other] Guardados por cerca de { $n } horas
}
opened-all-saved = Tudo salvo. Apagado do site { $site }.
opened-file-save = Salvar
opened-file-saving = Salvando { $n }%
opened-file-saved = Salvo.
opened-file-again = De novo
opened-file-failed = Não foi salvo.
opened-file-retry = Tentar de novo
opened-share = Salvar ou compartilhar
opened-blocked = Este app não deixa salvar. Abra o link no seu navegador em até { $grace }.
opened-save-all = Salvar tudo
opened-downloaded = Todos os arquivos foram para os seus downloads. Confira se eles abrem.
opened-have-all = Já tenho todos. Apagar
opened-program = É um programa. Só abra se você confia em quem enviou.
opened-renamed = Mudamos este nome para que qualquer dispositivo consiga salvar.
opened-over = Não dá mais para salvar estes arquivos aqui. O tempo deles acabou ou você continuou em outro navegador.
opened-no-room = Não há espaço para este arquivo no seu dispositivo.
opened-holds = Seu navegador precisa carregar o arquivo inteiro antes de salvar. Arquivos grandes podem falhar.
opened-picture = Mostrar imagem
opened-picture-alt = Imagem: { $name }
opened-picture-failed = Não conseguimos mostrar esta imagem. Você ainda pode salvar a imagem.
opened-play = Reproduzir
opened-player = Reprodutor: { $name }
opened-play-failed = Não conseguimos reproduzir isto. Você ainda pode salvar o arquivo.
opened-words = Se quem enviou perguntar quem abriu, diga estas palavras: { $words }. Talvez essa pessoa também veja as palavras.
opened-clear = Já salvei. Limpar a página
opened-done-title = Tudo pronto
opened-done = Não sobrou nada em { $site } nem nesta página.
opened-done-until = Não sobrou nada nesta página. { $site } apaga a própria cópia até { $date }.
opened-back = Enviar algo de volta
