# Offline page, and content from another app that was lost without a service worker.

offline-title = You are offline
offline = { $site } needs the internet. Waiting links are safe.
offline-again = Try again

share-title = Choose your files again
share = We kept nothing of what you shared.
