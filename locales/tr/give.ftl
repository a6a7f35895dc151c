give-title = Biri sizden bir şey istiyor
give-notice = Kimin istediğini bilmiyoruz. Kim olduğunu düşünüyorsanız önce ona sorun. Banka kartı şifrenizi (PIN) veya SMS ile gelen bir kodu asla göndermeyin.
give-report = Dolandırıcılık veya tehdit mi? Hiçbir şey göndermeyin. Bize haber verin ve bağlantıyı bize gönderin: { $contact }
give-look = Ne istendiğini gör
give-look-busy = Bakılıyor…
give-wrote = İsteyen kişinin notu:
give-no-note = İsteyen kişi not yazmadı.
give-until = Göndermek için son zaman: { $date }.
give-button = Gönder
give-busy = Gönderiliyor…
give-changed-title = Buradan göndermeyin
give-changed-why = Bu bağlantı değiştirilmiş. Yenisini isteyin.
give-changed = Buradan göndermeyin. Bu bağlantı değiştirilmiş. Yenisini isteyin.
give-link-is-private = Bu sizin özel bağlantınız. Bununla gönderemezsiniz. Ne geldiğini görmek için açın.

sent-title = Gönderildi
sent = Yalnızca isteyen kişi açabilir. Bu sayfayı kapatabilirsiniz.
sent-by-site = İsteyen kişi artık açabilir. Bu sayfayı kapatabilirsiniz.

request-over-title = Bu bağlantı kapandı
request-over-full-title = İstenenlerin hepsi geldi
request-over-full = Bağlantı artık yanıt almıyor.
request-over-expired = Süre bitti.
request-over-deleted = İsteyen kişi kapattı.
request-over-removed = Site bunu kaldırdı. Biri bildirdi.
request-over-nothing = Hiçbir şey gönderilmedi.
