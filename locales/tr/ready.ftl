ready-title = Bağlantınız hazır
ready-intro = Tek bir kişiye gönderin
ready-once = Kendiniz açmayın. Yalnızca bir kez açılır.
ready-link = Bağlantı
ready-copy = Bağlantıyı kopyala
ready-copy-note = Kısa bir notla kopyala
ready-note-language = Notun dili
ready-share = Paylaş
ready-share-failed = Paylaşılamadı. Bağlantıyı kopyalayın.
ready-note = Bir şey gönderdim. Yalnızca bir kez açılır. Açmak için son zaman: { $date }.
ready-by-hand = Kopyalamak için bağlantıya basılı tutun.
copied = Kopyalandı
ready-paste = Şimdi sohbetinize yapıştırın.
copied-link = Bağlantı kopyalandı
copy-failed = Kopyalanamadı. Bağlantı seçili. Elle kopyalayın.

ready-more = Başka yollar: not, QR kodu
ready-code-label = Bağlantının QR kodu
ready-code-warning = Bunu okutan herkes açabilir.

ready-apart-heading = Parolayı başka yoldan söyleyin
ready-apart = Bağlantıyı sohbetten gönderin. Parolayı telefonda söyleyin.
ready-password-copy = Parolayı kopyala
ready-password-show = Parolayı göster
ready-password-hide = Parolayı gizle
copied-password = Parola kopyalandı
copy-password-failed = Kopyalanamadı. Parola seçili. Elle kopyalayın.

ready-opens = Açılır
ready-opens-once = Bir kez
ready-until = Açılmazsa silineceği zaman
ready-password = Parola
ready-password-yes = Var
ready-password-no = Yok

ready-status-heading = Ne zaman açıldığını görün
ready-status = Durum sayfasını yalnızca siz görebilirsiniz. Bağlantısını saklayın.
ready-status-link = Durum sayfası
ready-status-copy = Durum bağlantısını kopyala
ready-status-name = Durum bağlantısı
ready-again = Başka bir şey gönder

already-title = Bu bağlantı zaten oluşturuldu
already = Kopyasını saklamıyoruz. Kaybettiyseniz yeni bir tane oluşturun.
