error-bad-request-title = Não entendemos
error-bad-request = Volte e tente de novo.
error-forbidden-title = Não dá para enviar daqui
error-forbidden = Só algumas pessoas podem criar links aqui. Qualquer pessoa pode abrir um.
error-cross-site-title = Não dá para enviar daqui
error-cross-site = Outro site enviou isto. Nada foi alterado. Abra este site diretamente e tente de novo.
error-not-found-title = Esta página não está aqui
error-not-found = Confira o endereço ou comece de novo.
error-too-large-title = É grande demais
error-too-large = O máximo é { $max } no total. Volte e remova alguns arquivos.
error-missing-title = Falta alguma coisa
error-missing = Volte e confira cada campo.
error-too-many-title = Tentativas demais
error-too-many = { $n ->
    [one] Espere { $n } minuto e tente de novo.
   *[other] Espere { $n } minutos e tente de novo.
}
error-broken-title = Algo quebrou do nosso lado
error-broken = Espere alguns minutos. Você pode tentar de novo sem risco.
error-closed-title = { $site } está fechado por enquanto
error-closed = Tente de novo mais tarde.
error-closed-links = Os links em espera continuam, mas a data final deles não muda.
error-full-title = { $site } está sem espaço
error-full = Não há espaço agora. Tente um arquivo menor ou tente mais tarde.
error-full-fits = Há espaço para { $max } agora. Tente arquivos menores ou tente mais tarde.
error-between = Algo entre você e { $site } não está funcionando. Tente de novo daqui a pouco. Se continuar, diga a quem cuida do site: { $status }.
error-between-size = Algo entre você e { $site } recusa pedaços grandes. Diga a quem cuida do site: { $status }.
error-incident = Se você avisar quem cuida do site, diga: { $incident }
