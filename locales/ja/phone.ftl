offline-title = オフラインです
offline = { $site } を使うには、インターネットが必要です。まだ開かれていないリンクは無事です。
offline-again = もう一度試す
share-title = ファイルを選び直してください
share = 共有されたものは、何も残していません。
