# Open page, before opening.

open-title = Someone sent you something
# Protects.
open-intro = It opens one time, then it is deleted.
# Protects.
open-expected = Were you expecting this?

# Protects.
open-notice = { $site } does not know who sent it. If you did not expect it, ask first, by phone or chat.

open-what-message = A message. It opens one time, then it is deleted.
open-what-files = Files, about { $size }. They open one time, then they are deleted.
open-before = Open it before { $date }.
open-host = You are on { $address }.

open-password = Password from the sender
# Protects.
open-password-hint = Not your email or bank password
open-button = Open it now
open-busy = Opening…
# Protects.
open-not-you = Not for you? Close this page. Nothing was opened.
# With contact details of the site's owner.
# Protects.
open-report = Is it a trick or a threat? Do not open it. Tell us and send us the link: { $contact }
# For files on phones, where the page may run in an in-app browser.
open-elsewhere = Did another app open this page?
open-elsewhere-why = Saving may fail there. Copy the link and open it in your browser.
# In the browser to which the reader moves, once it was opened in an app.
open-taking-over = You opened this on { $date } in another app. Go on here?
# Protects.
open-own = You made this link. If you open it, they cannot.
open-own-anyway = Open it anyway

# No-script mode.
open-link = Paste the whole link here
open-link-hint = We need the part after #. Your browser does not send it to us.
open-password-maybe-hint = Only if the sender set one
# Protects.
open-server-unlocks = Without JavaScript, { $site } unlocks this. The site sees it for a moment and keeps no copy.
# Protects.
open-server-unlocks-http = Without https, { $site } unlocks this. The site sees it for a moment and keeps no copy.
open-needs-script = To open it, turn on JavaScript or use a newer browser. Nothing is opened yet.
open-needs-https = To open it, use { $address }. Nothing is opened yet.

# Validation messages.
problem-password-needed = Type the password the sender told you
problem-password-not-right = That password is not right.
problem-password-wrong = { $n ->
    [one] That password is not right. You can try { $n } more time.
   *[other] That password is not right. You can try { $n } more times.
}
problem-password-wait = { $n ->
    [one] Too many tries. Wait { $n } minute.
   *[other] Too many tries. Wait { $n } minutes.
}
problem-lost = This site has lost a part of it. Ask for a new link.
problem-link = That is not a whole link. Copy all of it again.
problem-changed = This was changed on the way. Ask for a new link.

damaged-title = This link is not complete
damaged = Part of it got lost. Nothing was opened.
damaged-own = This is the sender’s own link. It opens nothing. Ask them for the other link.
damaged-link = Paste the whole link
damaged-button = Try this link

# Read in a terminal.
open-terminal = Open this link in a browser. Nothing was opened.
open-terminal-how = Copy all of it, also the part after the #.
