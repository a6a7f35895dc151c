# Open page, after opening.

opened-title-message = Here is your message
opened-title-files = Here are your files
opened-title-both = Here is what they sent

opened-deleted = It is deleted from { $site }. Only this page has it now.
# A message without files, until it is confirmed.
opened-reading = { $site } keeps it until { $date } for this page alone. Reload to see it again.
# The same without scripts.
opened-reading-within = Reload this page to see it again. { $site } deletes its copy within { $span }.
opened-within = { $site } deletes its copy within { $span }.
opened-message = Message
opened-copy = Copy
opened-copied = Message copied
opened-copy-failed = Copying did not work. The message is selected. Copy it by hand.
# A message of more than forty lines.
opened-unfold = Show the rest
opened-fold = Show less
# A message of code or columns.
opened-align = Show as columns
opened-wrap = Wrap the lines
opened-save = Save as a file
# Name of the saved file, without extension.
opened-file-name = message

opened-files = Files
opened-count = { $n ->
    [one] { $n } file, { $size }
   *[other] { $n } files, { $size }
}
# Protects.
opened-files-notice = Only open files you expected.
opened-keeping-minutes = { $n ->
    [one] Kept for about { $n } minute
   *[other] Kept for about { $n } minutes
}
opened-keeping-hours = { $n ->
    [one] Kept for about an hour
   *[other] Kept for about { $n } hours
}
opened-all-saved = All saved. Deleted from { $site }.
opened-file-save = Save
opened-file-saving = Saving { $n }%
opened-file-saved = Saved.
opened-file-again = Again
opened-file-failed = Did not save.
opened-file-retry = Try again
# In-app browsers: the first message if files can be shared, the second if not.
opened-share = Save or share
opened-blocked = This app blocks saving. Open the link in your browser within { $grace }.
opened-save-all = Save all
# The browser’s own downloads may still fail, unseen by the page.
opened-downloaded = All files went to your downloads. Check that they open.
opened-have-all = I have them all. Delete them
# Protects.
opened-program = A program. Only run it if you trust the sender.
opened-renamed = We changed this name so that every device can save it.
opened-over = You cannot save these files here now. Their time is over, or you went on in another browser.
opened-no-room = There is no room for this file on your device.
opened-holds = Your browser must hold a whole file before it can save it. Big files may fail.
opened-picture = Show picture
opened-picture-alt = Picture: { $name }
opened-picture-failed = We cannot show this picture. Save it instead.
# Sound or film.
opened-play = Play
opened-player = Player: { $name }
opened-play-failed = We cannot play this. Save it instead.
# Matching words, which receiver and sender compare in a phone call.
opened-words = If the sender asks who opened it, say these words: { $words }. The sender may see them too.
opened-clear = I have saved it. Clear this page
opened-done-title = All done
opened-done = Nothing is left on { $site } or on this page.
# Until the site has deleted its copy.
opened-done-until = Nothing is left on this page. { $site } deletes its copy by { $date }.
opened-back = Send something back
