create-title = Gönderin, bir kez açılsın
create-intro = Yazın veya dosya ekleyin. Bağlantıyı gönderin. Bir kez açılır, sonra yok olur.

create-server-locks = Tarayıcınızda kilitlenmez. Ulaştığında { $site } kilitler.
create-lock-how = Önceden nasıl kilitlenir?
create-browser-locks = Tarayıcınızda kilitlenir. { $site } okuyamaz.

create-needs-script-title = JavaScript’i açın
create-needs-script = Bu site yalnızca tarayıcınızda kilitlenenleri kabul eder. Eski bir tarayıcı kilitleyemez.
create-needs-https = Göndermek için { $address } adresini kullanın.

create-message = Mesaj
create-message-hint = Bir parola, bir kod, bir not
create-message-left = { $n ->
    [one] { $n } karakter kaldı
   *[other] { $n } karakter kaldı
}
create-message-over = { $n ->
    [one] { $n } karakter fazla
   *[other] { $n } karakter fazla
}

create-files = Dosyalar
create-files-hint = En fazla { $n } dosya, toplam { $max }.
create-files-full = Şu an dosyalar için yer yok. Bir mesaj yine de sığar.
create-files-last = Dosyaları en son seçin. Bir sorun çıkarsa yeniden seçmeniz gerekir.
create-files-choose = Dosya ekle
create-files-more = Daha fazla dosya ekle
create-files-drop = Veya herhangi bir yere bırakın.
create-files-veil = Eklemek için bırakın
create-files-remove = Kaldır
create-files-total = { $n ->
    [one] { $n } dosya, { $size } / { $max }
   *[other] { $n } dosya, { $size } / { $max }
}
create-files-show = { $n ->
    [one] { $n } dosya daha göster
   *[other] { $n } dosya daha göster
}
create-files-added = { $n ->
    [one] { $n } dosya eklendi
   *[other] { $n } dosya eklendi
}
create-shared = Bunu başka bir uygulama veya site gönderdi. Mesajınıza eklensin mi?
create-shared-add = Ekle
create-shared-drop = Dışarıda bırak
create-files-slow = Büyük dosyaların gönderilmesi dakikalar sürer. Bu sayfayı açık tutun.

create-lifetime = Ne kadar bekleyebilir?
create-lifetime-hint = O zamana kadar açılmazsa silinir.
create-more = Parola ve kesin zaman
create-password = Parola ekleyin (isteğe bağlı)
create-password-hint = { $n ->
    [one] En az { $n } karakter kullanın. Parolayı alıcıya başka bir yoldan söyleyin, örneğin telefonla.
   *[other] En az { $n } karakter kullanın. Parolayı alıcıya başka bir yoldan söyleyin, örneğin telefonla.
}
create-password-make = Benim için oluştur
create-password-busy = Oluşturuluyor…

create-until = Veya gün ve saat seçin (isteğe bağlı)
create-until-hint = { $from } ile { $to } sonrası arasında

create-button = Bağlantımı oluştur
create-ask = Birinden bir şey isteyin
create-busy = Bağlantınız oluşturuluyor…

problem-message-empty = Bir şey yazın veya dosya seçin
problem-message-long = { $n ->
    [one] Mesajı { $n } karakter kısaltın
   *[other] Mesajı { $n } karakter kısaltın
}
problem-password-short = { $n ->
    [one] Parola en az { $n } karakter olsun
   *[other] Parola en az { $n } karakter olsun
}
problem-password-make = Parola oluşturamadık. Kendiniz yazın
problem-lifetime = Ne zaman silineceğini seçin
problem-until = { $from } ile { $to } sonrası arasında bir zaman seçin
problem-until-part = Hem günü hem saati doldurun
problem-files-many = { $n ->
    [one] En fazla { $n } dosya seçin
   *[other] En fazla { $n } dosya seçin
}
problem-files-big = Dosyalarınız { $size }. En fazla { $max } olabilir
problem-file-big = { $name } çok büyük. En fazla { $max } olabilir
problem-file-empty = { $name } boş. Başka bir dosya seçin
problem-file-unreadable = { $name } okunamıyor. Klasörse önce zip dosyası yapın
problem-file-changed = { $name } değişmiş. Yeniden seçin
