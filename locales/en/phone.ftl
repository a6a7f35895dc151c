# Where the network or the worker of an app is missing.

offline-title = You are offline
offline = { $site } needs the internet. Waiting links are safe.
offline-again = Try again

share-title = Choose your files again
share = We kept nothing of what you shared.
