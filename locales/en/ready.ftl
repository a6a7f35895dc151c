# Page of a new link, and page of a repeated form submission.

ready-title = Your link is ready
ready-intro = Send it to one person. It opens one time. Do not open it yourself.
ready-link = Link
ready-copy = Copy link
ready-copy-note = Copy with a short note
ready-share = Share
ready-share-failed = Sharing did not work. Copy the link.
# Copied together with the link, which follows it.
ready-note = I sent you something. It opens one time, before { $date }.
ready-by-hand = Press and hold the link to copy it.
copied = Copied
copied-link = Link copied
copy-failed = Copying did not work. The link is selected. Copy it by hand.

ready-code = Show a QR code
ready-code-label = QR code of the link
ready-code-warning = Anyone who scans this can open it.

ready-apart-heading = Send the password another way
ready-apart = Use two ways. If you send the link in a chat, tell the password by phone.
ready-password-copy = Copy password
ready-password-show = Show password
ready-password-hide = Hide password
copied-password = Password copied
copy-password-failed = Copying did not work. The password is selected. Copy it by hand.

ready-opens = Opens
ready-opens-once = One time
ready-until = Deleted on
ready-password = Password
ready-password-yes = Yes. Tell them another way.
ready-password-no = No

ready-status-heading = See if it was opened
ready-status = The status link is only for you. Copy it to look again later.
ready-status-link = Status page
ready-status-copy = Copy status link
ready-status-name = Status link
ready-again = Send something else

already-title = You already made this link
already = We keep no copy. If you lost it, make a new one.
