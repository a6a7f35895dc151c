list-keep = Bu cihazda liste tut
list-hint = Listede buradan gönderdiklerinizin durum bağlantıları bulunur. Bu tarayıcıyı kullanan herkes listeyi görebilir. Gizli pencerede liste, pencere kapanınca kaybolur.
list-kept = Bu cihazdaki listede.
list-see = Listeyi gör
list-not-kept = Tarayıcınız burada liste tutmuyor. Durum bağlantısını saklayın.

list-title = Bu cihazdan gönderilenler
list-made = Gönderildi: { $date }
list-empty = Liste boş.
list-gone = Artık yok
list-unknown = Kontrol edemedik. Sayfayı yenileyin.
list-forget = Unut
list-forgotten = Unutuldu
list-forget-all = Hepsini unut
list-forgotten-all = Hepsi unutuldu. Artık liste tutmuyoruz.
