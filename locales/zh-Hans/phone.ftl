offline-title = 没有网络
offline = { $site } 需要联网。还没打开的链接都很安全。
offline-again = 再试一次
share-title = 请重新选择文件
share = 你分享的内容，我们什么都没有保留。
