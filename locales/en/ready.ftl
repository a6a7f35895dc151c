# Page of a new link, and page of a repeated form submission.

ready-title = Your link is ready
ready-intro = Send it to one person
# Protects.
ready-once = Do not open it yourself. It opens one time.
ready-link = Link
ready-copy = Copy link
ready-copy-note = Copy with a short note
# Of the short note, when the receiver reads another language.
ready-note-language = Language of the note
ready-share = Share
ready-share-failed = Sharing did not work. Copy the link.
# Copied together with the link, which follows it.
ready-note = I sent you something. It opens one time, before { $date }.
ready-by-hand = Press and hold the link to copy it.
copied = Copied
# Stays below the button once the link is copied.
ready-paste = Now paste it in your chat.
copied-link = Link copied
copy-failed = Copying did not work. The link is selected. Copy it by hand.

ready-more = More ways: short note, QR code
ready-code-label = QR code of the link
# Protects.
ready-code-warning = Anyone who scans this can open it.

ready-apart-heading = Tell them the password another way
# Protects.
ready-apart = Send the link in the chat. Tell the password by phone.
ready-password-copy = Copy password
ready-password-show = Show password
ready-password-hide = Hide password
copied-password = Password copied
copy-password-failed = Copying did not work. The password is selected. Copy it by hand.

ready-opens = Opens
ready-opens-once = One time
ready-until = Deleted if not opened by
ready-password = Password
ready-password-yes = Yes
ready-password-no = No

ready-status-heading = See when it is opened
ready-status = Only you can see the status page. Keep its link.
ready-status-link = Status page
ready-status-copy = Copy status link
ready-status-name = Status link
ready-again = Send something else

already-title = You already made this link
already = We keep no copy. If you lost it, make a new one.
