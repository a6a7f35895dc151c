request-title = Bir şey isteyin
request-intro = Bir bağlantı oluşturun. Karşınızdaki kişi bununla size mesaj veya dosya gönderir.
request-intro-only = Bunları yalnızca siz açabilirsiniz.
request-server-locks = Tarayıcınız bunu kilitlemeyecek. Ulaştığında { $site } kilitler ve anahtarı saklamaz.
request-needs-script = Bu site yalnızca tarayıcınızda kilitlenenleri kabul eder.
request-note = Neye ihtiyacınız var? (isteğe bağlı)
request-note-hint = Bağlantıya sahip herkes bunu okuyabilir
request-answers = Kaç yanıt istiyorsunuz?
request-count = { $n ->
    [one] { $n } yanıt
   *[other] { $n } yanıt
}
request-lifetime = Bağlantı ne kadar açık kalsın?
request-button = İstek bağlantısı oluştur
request-busy = Bağlantılarınız oluşturuluyor…
request-preview = Karşınızdaki bunu görecek
problem-note-long = Daha kısa yazın

request-ready-title = İki bağlantınız var
request-ready-send = Bunu gönderin
request-ready-send-name = Gönderilecek bağlantı
request-ready-until = Yanıtlar için son zaman: { $date }.
request-ready-keep = Bunu saklayın
request-ready-keep-name = Özel bağlantınız
request-ready-why = Yanıtı yalnızca bununla açabilirsiniz. Bu bağlantıyı geri getiremeyiz.
request-ready-both = Ayrılmadan önce iki bağlantıyı da saklayın.
request-note-shared = Lütfen bunu bana bu bağlantıyla gönderin. Son zaman: { $date }.
request-code = QR kodu
request-code-warning = Bunu okutan herkes size yanıt verebilir.
request-keep-copy = Özel bağlantıyı kopyala
request-keep-share = Kendime gönder
request-keep-shared = Özel bağlantım. Bana gönderilenleri açar. Başkasına vermeyin.
request-keep-print = Yazdır
request-keep-done = Yalnızca sizin baktığınız bir yerde saklayın.
request-keep-code = Özel bağlantınızın QR kodu
request-keep-code-warning = Bunu okutan herkes yanıtlarınızı açabilir.

collect-heading = Daha önce istediniz mi?
collect-link = Özel bağlantınızı yapıştırın
collect-button = Ne geldiğini gör
collect-none-title = Henüz bir şey gelmedi
collect-never-title = Hiçbir şey gelmedi
collect-title = { $n ->
    [one] Yanıtınız geldi
   *[other] { $n } yanıt geldi
}
collect-open = Bağlantı yanıt alıyor. Son zaman: { $date }.
collect-full = Bütün yanıtlar geldi. Bağlantı kapandı.
collect-expired = Süre bitti. Bağlantı kapandı.
collect-deleted = Bağlantıyı siz kapattınız.
collect-removed = Site bunu kaldırdı. Biri bildirdi.
collect-answer = { $n }. yanıt
collect-came = Geldi: { $date }.
collect-once = Her biri yalnızca bir kez açılır. Sonra silinir.
collect-changed = Bu, yolda değiştirilmiş. Yeniden isteyin.
collect-message = Bir mesaj.
collect-files = Dosyalar, yaklaşık { $size }.
collect-unsaved = Açıldı. Devam etmek için son zaman: { $date }.
collect-opened = Açıldı: { $date }.
collect-gone = Artık yok. Yeniden isteyin.
collect-asked = Şunu istediniz:
collect-again = Yeniden iste
collect-end = Bağlantıyı kapat
collect-end-title = Bağlantı kapatılsın mı?
collect-end-text = Artık yenisi gelemez. Gelenler burada kalır.
collect-end-yes = Kapat
collect-end-busy = Kapatılıyor…
collect-end-no = Açık kalsın

problem-link-is-to-send = Bu, gönderilecek bağlantı. Özel bağlantınızı yapıştırın.
problem-link-is-of-share = Bu başka türde bir bağlantı.
