# The page that hands over a new link, and the one that says it was made before.

ready-title = Your link is ready
ready-intro = Send it to one person. It opens one time. Do not open it yourself.
ready-link = Link
ready-copy = Copy link
ready-copy-note = Copy with a short note
# What is copied with the link below it.
ready-note = I sent you something. It opens one time, before { $date }.
ready-by-hand = Press and hold the link to copy it.
copied = Copied
copied-link = Link copied
copy-failed = Copying did not work. The link is selected. Copy it by hand.
copy-status-failed = Copying did not work. Open the status page and save it.

ready-opens = Opens
ready-opens-once = One time
ready-until = Deleted on
ready-password = Password
ready-password-yes = Yes. Tell them another way.
ready-password-no = No

ready-status-heading = See if it was opened
ready-status = This page is only for you. Save it.
ready-status-link = Status page
ready-status-copy = Copy status link
ready-again = Send something else

already-title = You already made this link
already = We keep no copy. If you lost it, make a new one.
