open-title = Biri size bir şey gönderdi
open-intro = Yalnızca bir kez açılır, sonra silinir.
open-expected = Bunu bekliyor muydunuz?

open-notice = { $site } bunu kimin gönderdiğini bilmiyor. Beklemiyorsanız önce gönderene telefonla veya sohbetten sorun.

open-what-message = Bir mesaj. Yalnızca bir kez açılır, sonra silinir.
open-what-files = Dosyalar, yaklaşık { $size }. Yalnızca bir kez açılır, sonra silinir.
open-before = Açmak için son zaman: { $date }.
open-host = Bulunduğunuz adres: { $address }.

open-password = Gönderenin verdiği parola
open-password-hint = E-posta veya banka parolanız değil
open-button = Şimdi aç
open-busy = Açılıyor…
open-not-you = Sizin için değil mi? Bu sayfayı kapatın. Hiçbir şey açılmadı.
open-report = Dolandırıcılık veya tehdit mi? Açmayın. Bize haber verin ve bağlantıyı bize gönderin: { $contact }
open-elsewhere = Bu sayfayı başka bir uygulama mı açtı?
open-elsewhere-why = Orada kaydetmek mümkün olmayabilir. Bağlantıyı kopyalayıp tarayıcınızda açın.
open-taking-over = Bunu başka bir uygulamada açtınız: { $date }. Burada devam etmek ister misiniz?
open-own = Bu bağlantıyı siz oluşturdunuz. Siz açarsanız alıcı açamaz.
open-own-anyway = Yine de aç

open-link = Bağlantının tamamını buraya yapıştırın
open-link-hint = # işaretinden sonraki parça gerekli. Tarayıcınız onu bize göndermez.
open-password-maybe-hint = Yalnızca gönderen bir parola koyduysa
open-server-unlocks = JavaScript olmadan bunun kilidini { $site } açar. İçindekini bir an görür ve kopya saklamaz.
open-server-unlocks-http = Https olmadan bunun kilidini { $site } açar. İçindekini bir an görür ve kopya saklamaz.
open-needs-script = Açmak için JavaScript’i açın veya daha yeni bir tarayıcı kullanın. Henüz hiçbir şey açılmadı.
open-needs-https = Açmak için { $address } adresini kullanın. Henüz hiçbir şey açılmadı.

problem-password-needed = Gönderenin söylediği parolayı yazın
problem-password-not-right = Bu parola doğru değil.
problem-password-wrong = { $n ->
    [one] Bu parola doğru değil. { $n } kez daha deneyebilirsiniz.
   *[other] Bu parola doğru değil. { $n } kez daha deneyebilirsiniz.
}
problem-password-wait = { $n ->
    [one] Çok fazla deneme. { $n } dakika bekleyin.
   *[other] Çok fazla deneme. { $n } dakika bekleyin.
}
problem-lost = Bu site bunun bir parçasını kaybetti. Yeni bir bağlantı isteyin.
problem-link = Bu, bağlantının tamamı değil. Tamamını yeniden kopyalayın.
problem-changed = Bu, yolda değiştirilmiş. Yeni bir bağlantı isteyin.

damaged-title = Bu bağlantı eksik
damaged = Bir parçası kaybolmuş. Hiçbir şey açılmadı.
damaged-own = Bu, gönderenin kendi bağlantısı. Hiçbir şey açmaz. Gönderenden diğer bağlantıyı isteyin.
damaged-link = Bağlantının tamamını yapıştırın
damaged-button = Bu bağlantıyı dene

open-terminal = Bu bağlantıyı bir tarayıcıda açın. Hiçbir şey açılmadı.
open-terminal-how = Tamamını kopyalayın, # işaretinden sonraki parçayı da.
