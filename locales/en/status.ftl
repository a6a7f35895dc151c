# Status page.

status-title = See if it was opened
status-link = Paste your status link
status-check = Check

status-waiting-title = Not opened yet
status-waiting = It is deleted on { $date }.
status-wrong-passwords = { $n ->
    [one] { $n } wrong password so far.
   *[other] { $n } wrong passwords so far.
}
status-opened-title = Opened and deleted
status-opened = Opened on { $date }.
# A message that its reader can still show again.
status-reading-title = Opened
status-reading = Whoever opened it can read it again until { $date }. Then it is deleted.
status-unsaved-title = Opened, files still kept
status-unsaved = Whoever opened it can save the files until { $date }.
# Matching words, which receiver and sender compare in a phone call.
status-words = Whoever opened it sees these words: { $words }. Call the person you sent it to and ask.
status-expired-title = Time ran out
status-expired = Nobody opened it. It is deleted.
status-deleted-title = Deleted by you
status-deleted = On { $date }. Nobody opened it.

status-removed-title = The site removed this
status-removed = On { $date }. Nobody opened it. Someone reported it.
# The reader moved what was opened to another browser.
status-moved = Whoever opened it went on in another browser on { $date }.
# A part of the files is missing on the site, so the reader cannot save them all.
status-lost = This site lost a part of the files. Please send them again.

# The three steps of a share. The second has another name when a share ended without being opened.
status-step-made = Link made
status-step-opened = Opened
status-step-unopened = Not opened
status-step-deleted = Deleted
status-nothing-left = Nothing is left on { $site }.
# Protects.
status-not-them = Was it not them? Change the password or code you sent.

status-updates = This page updates by itself.
status-private = This page is only for you. Its link works until { $date }.
status-checked = Checked on { $date }.
status-again = Check again
status-busy = Checking…

status-delete = Delete it now
status-delete-title = Delete it now?
status-delete-text = The link stops working. You cannot undo this.
status-delete-yes = Delete it
status-delete-busy = Deleting…
status-delete-no = Keep it
status-other-link = This is the link to send. Paste your own status link.
