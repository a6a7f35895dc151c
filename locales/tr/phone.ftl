offline-title = İnternete bağlı değilsiniz
offline = { $site } için internet gerekir. Bekleyen bağlantılar güvende.
offline-again = Yeniden dene

share-title = Dosyalarınızı yeniden seçin
share = Paylaştıklarınızdan hiçbir şey saklamadık.
