offline-title = 沒有網路
offline = { $site } 需要網路。還沒打開的連結都很安全。
offline-again = 再試一次
share-title = 請重新選擇檔案
share = 你分享的內容，我們什麼都沒有保留。
