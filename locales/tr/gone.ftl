gone-title = Bu bağlantı çalışmıyor
gone = Açılmış, süresi bitmiş veya gönderen silmiş olabilir. Ya da bağlantının bir parçası eksik olabilir. Hangisi olduğunu söyleyemeyiz.
gone-opened-title = Bu zaten açıldı
gone-opened = Açıldı: { $date }. Açan siz değil miydiniz? Hemen gönderene haber verin, içindeki parolayı veya kodu değiştirebilsin.
gone-expired-title = Süre bitti
gone-expired = Kimse açmadı.
gone-deleted-title = Gönderen bunu sildi
gone-deleted = Kimse açmadı.
gone-removed-title = Site bunu kaldırdı
gone-removed = Kimse açmadı. Biri bildirdi.

gone-do-heading = Ne yapabilirsiniz?
gone-do-ask = Gönderenden yeni bir bağlantı isteyin.
gone-do-tell = Hiç açmadıysanız gönderene haber verin. Başka biri açmış olabilir.
gone-do-report = Dolandırıcılık veya tehdit miydi? Bize haber verin ve bağlantıyı bize gönderin: { $contact }
