about-title = Nasıl çalışır?
about-intro = Yalnızca bir kez açılan kapalı bir zarf.

about-write-heading = Siz yazarsınız
about-write = Mesaj, dosya veya ikisi birden.
about-lock-heading = Tarayıcınız kilitler
about-lock = Anahtar bağlantının içindedir. { $site } yalnızca kilitli kopyayı alır.
about-open-heading = Alıcı bir kez açar
about-open = Bağlantıyı ilk açan kişi içindekini görür.
about-gone-heading = Sonra yok olur
about-gone = Bizdeki kopyayı sileriz. Artık kimse açamaz.

about-ask-heading = Birinden bir şey mi lazım?
about-ask = Bir istek oluşturun. Göndereceğiniz bir bağlantı ve bir özel bağlantı alırsınız. Size ilk bağlantıyla yanıt verilir.
about-ask-keep = Gelenleri yalnızca özel bağlantınız açar. Onu saklayın. Biz geri getiremeyiz.

about-who-heading = Kim okuyabilir?
about-who = Bağlantıya sahip herhangi biri, bir kez. Sohbetinizi başkaları görüyorsa parola ekleyin.
about-can-count = Ne kadar büyük olduğunu ve ne zaman açıldığını görebiliriz.
about-cannot-read = İçindekini okuyamayız.
about-cannot-know = Kimin açtığını bilemeyiz, ekran görüntüsünü de önleyemeyiz.
about-cannot-return = Geri getiremeyiz.

about-real-heading = Bağlantım gerçek mi?
about-real = Şöyle başlar: { $address }.
about-real-never = Sizden asla e-posta adresi, banka parolası veya para istemeyiz.

about-keep-heading = Neleri saklarız?
about-keep = { $n ->
    [one] Kilitli kopya, açılınca veya süresi bitince silinir. Sonra yalnızca şunları { $n } gün daha saklarız:
   *[other] Kilitli kopya, açılınca veya süresi bitince silinir. Sonra yalnızca şunları { $n } gün daha saklarız:
}
about-keep-reading = Açılan mesaj, okuyan kişi temizleyene kadar kalır, en fazla { $span }.
about-keep-times = ne zaman oluşturulduğu, ne zaman açıldığı ve nasıl bittiği
about-keep-size = yaklaşık ne kadar büyük olduğu ve kaç parça hâlinde geldiği
about-keep-tries = kaç yanlış parola denendiği
about-keep-words = karşılaştırabileceğiniz üç kelime için, açan tarayıcıdan gelen bir kod
about-keep-list = Gönderdiklerinizin listesini isterseniz bu listeyi yalnızca tarayıcınız tutar.
about-keep-not = Adınızı, internet adresinizi veya mesajınızı saklamayız.

about-first-heading = Önceden nasıl kilitlenir?
about-first = JavaScript olmadan kilitlemeyi { $site } yapar. Bu yüzden mesajınızı bir an görür.
about-first-https = Gönderilmeden önce kilitlemek için JavaScript açıkken { $address } adresini kullanın.
about-first-how = Gönderilmeden önce kilitlemek için JavaScript’i açın veya daha yeni bir tarayıcı kullanın.

about-report-heading = Zararlı bağlantıyı bildirin
