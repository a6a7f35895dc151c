offline-title = 인터넷에 연결되지 않았어요
offline = { $site }에는 인터넷이 필요해요. 아직 열리지 않은 링크는 안전해요.
offline-again = 다시 시도
share-title = 파일을 다시 고르세요
share = 공유한 것은 아무것도 남기지 않았어요.
