status-title = Açılıp açılmadığını görün
status-link = Durum bağlantınızı yapıştırın
status-check = Kontrol et

status-waiting-title = Henüz açılmadı
status-waiting = Silineceği zaman: { $date }.
status-wrong-passwords = { $n ->
    [one] Şimdiye kadar { $n } yanlış parola.
   *[other] Şimdiye kadar { $n } yanlış parola.
}
status-opened-title = Açıldı ve silindi
status-opened = Açıldı: { $date }.
status-reading-title = Açıldı
status-reading = Açan kişi yeniden okuyabilir. Son zaman: { $date }. Sonra silinir.
status-unsaved-title = Açıldı, dosyalar duruyor
status-unsaved = Açan kişi dosyaları kaydedebilir. Son zaman: { $date }.
status-words = Açan kişi şu kelimeleri görür: { $words }. Gönderdiğiniz kişiyi arayıp sorun.
status-expired-title = Süre bitti
status-expired = Kimse açmadı. Silindi.
status-deleted-title = Siz sildiniz
status-deleted = Silindi: { $date }. Kimse açmadı.

status-removed-title = Site bunu kaldırdı
status-removed = Kaldırıldı: { $date }. Kimse açmadı. Biri bildirdi.
status-moved = Açan kişi başka bir tarayıcıda devam etti: { $date }.
status-lost = Bu site dosyaların bir kısmını kaybetti. Lütfen yeniden gönderin.

status-step-made = Bağlantı hazır
status-step-opened = Açıldı
status-step-unopened = Açılmadı
status-step-deleted = Silindi
status-nothing-left = { $site } sitesinde hiçbir şey kalmadı.
status-not-them = Açan, gönderdiğiniz kişi değil miydi? Gönderdiğiniz parolayı veya kodu değiştirin.

status-updates = Bu sayfa kendiliğinden güncellenir.
status-private = Bu sayfa yalnızca sizin için. Bağlantısı şu zamana kadar çalışır: { $date }.
status-checked = Kontrol edildi: { $date }.
status-again = Yeniden kontrol et
status-busy = Kontrol ediliyor…

status-delete = Şimdi sil
status-delete-title = Şimdi silinsin mi?
status-delete-text = Bağlantı artık çalışmaz. Bunu geri alamazsınız.
status-delete-yes = Sil
status-delete-busy = Siliniyor…
status-delete-no = Kalsın
status-other-link = Bu, gönderilecek bağlantı. Kendi durum bağlantınızı yapıştırın.
