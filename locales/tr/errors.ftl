error-bad-request-title = Bunu anlayamadık
error-bad-request = Geri dönüp yeniden deneyin.
error-forbidden-title = Buradan gönderemezsiniz
error-forbidden = Burada yalnızca bazı kişiler bağlantı oluşturabilir. Bağlantıyı herkes açabilir.
error-cross-site-title = Buradan gönderemezsiniz
error-cross-site = Bunu başka bir site gönderdi. Hiçbir şey değişmedi. Doğrudan bu siteyi açıp yeniden deneyin.
error-not-found-title = Bu sayfa burada yok
error-not-found = Adresi kontrol edin veya baştan başlayın.
error-too-large-title = Bu çok büyük
error-too-large = Toplam en fazla { $max } olabilir. Geri dönüp bazı dosyaları kaldırın.
error-missing-title = Bir şey eksik
error-missing = Geri dönüp her kutuyu kontrol edin.
error-too-many-title = Çok fazla deneme
error-too-many = { $n ->
    [one] { $n } dakika bekleyip yeniden deneyin.
   *[other] { $n } dakika bekleyip yeniden deneyin.
}
error-broken-title = Bizde bir şey bozuldu
error-broken = Birkaç dakika bekleyin. Güvenle yeniden deneyebilirsiniz.
error-closed-title = { $site } şimdilik kapalı
error-closed = Daha sonra yeniden deneyin.
error-closed-links = Bekleyen bağlantılar kalır ama bitiş tarihleri uzamaz.
error-full-title = { $site } dolu
error-full = Şu an yer yok. Daha küçük bir dosya deneyin veya sonra deneyin.
error-full-fits = Şu an { $max } yer var. Daha küçük dosyalar deneyin veya sonra deneyin.
error-between = { $site } ile aranızdaki bir şey çalışmıyor. Birazdan yeniden deneyin. Sürerse sitenin sahibine şunu söyleyin: { $status }.
error-between-size = { $site } ile aranızdaki bir şey büyük parçaları geçirmiyor. Sitenin sahibine şunu söyleyin: { $status }.
error-incident = Sitenin sahibine haber verirseniz şunu söyleyin: { $incident }
