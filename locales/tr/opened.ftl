opened-title-message = İşte mesajınız
opened-title-files = İşte dosyalarınız
opened-title-both = İşte size gönderilenler

opened-deleted = { $site } sitesinden silindi. Artık yalnızca bu sayfada var.
opened-reading = { $site } bunu yalnızca bu sayfa için saklıyor. Son zaman: { $date }. Yeniden görmek için sayfayı yenileyin.
opened-reading-within = Yeniden görmek için bu sayfayı yenileyin. { $site } kendi kopyasını { $span } içinde siler.
opened-within = { $site } kendi kopyasını { $span } içinde siler.
opened-message = Mesaj
opened-copy = Kopyala
opened-copied = Mesaj kopyalandı
opened-copy-failed = Kopyalanamadı. Mesaj seçili. Elle kopyalayın.
opened-unfold = Kalanını göster
opened-fold = Daha az göster
opened-align = Sütun olarak göster
opened-wrap = Satırları kaydır
opened-save = Dosya olarak kaydet
opened-file-name = mesaj

opened-files = Dosyalar
opened-count = { $n ->
    [one] { $n } dosya, { $size }
   *[other] { $n } dosya, { $size }
}
opened-files-notice = Yalnızca beklediğiniz dosyaları açın.
opened-keeping-minutes = { $n ->
    [one] Yaklaşık { $n } dakika saklanır
   *[other] Yaklaşık { $n } dakika saklanır
}
opened-keeping-hours = { $n ->
    [one] Yaklaşık bir saat saklanır
   *[other] Yaklaşık { $n } saat saklanır
}
opened-all-saved = Hepsi kaydedildi. { $site } sitesinden silindi.
opened-file-save = Kaydet
opened-file-saving = Kaydediliyor: %{ $n }
opened-file-saved = Kaydedildi.
opened-file-again = Yeniden
opened-file-failed = Kaydedilemedi.
opened-file-retry = Yeniden dene
opened-share = Kaydet veya paylaş
opened-blocked = Bu uygulama kaydetmeyi engelliyor. Bağlantıyı { $grace } içinde tarayıcınızda açın.
opened-save-all = Hepsini kaydet
opened-downloaded = Bütün dosyalar indirilenlere gitti. Açıldıklarını kontrol edin.
opened-have-all = Hepsini aldım. Sil
opened-program = Bu bir program. Yalnızca gönderene güveniyorsanız çalıştırın.
opened-renamed = Her cihaz kaydedebilsin diye bu adı değiştirdik.
opened-over = Bu dosyaları şimdi burada kaydedemezsiniz. Süreleri bitti veya başka bir tarayıcıda devam ettiniz.
opened-no-room = Cihazınızda bu dosya için yer yok.
opened-holds = Tarayıcınız bir dosyayı kaydetmeden önce tamamını tutmak zorunda. Büyük dosyalar kaydedilemeyebilir.
opened-picture = Resmi göster
opened-picture-alt = Resim: { $name }
opened-picture-failed = Bu resmi gösteremiyoruz. Dosyayı kaydedin.
opened-play = Oynat
opened-player = Oynatıcı: { $name }
opened-play-failed = Bunu oynatamıyoruz. Dosyayı kaydedin.
opened-words = Gönderen kimin açtığını sorarsa şu kelimeleri söyleyin: { $words }. Gönderen de bunları görüyor olabilir.
opened-clear = Kaydettim. Sayfayı temizle
opened-done-title = Tamamlandı
opened-done = { $site } sitesinde de bu sayfada da hiçbir şey kalmadı.
opened-done-until = Bu sayfada hiçbir şey kalmadı. { $site } kendi kopyasını en geç şu zamanda siler: { $date }.
opened-back = Siz de bir şey gönderin
