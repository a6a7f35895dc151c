# What the reader sees after opening.

opened-title-message = Here is your message
opened-title-files = Here are your files
opened-title-both = Here is what they sent

opened-deleted = It is deleted from { $site }. Only this page has it now.
opened-within = { $site } deletes its copy within { $span }.
opened-message = Message
opened-copy = Copy
opened-copied = Message copied
opened-copy-failed = Copying did not work. The message is selected. Copy it by hand.
opened-save = Save as a file
# The name of the saved file, without its ending.
opened-file-name = message

opened-files-notice = Only open files you expected.
opened-file-save = Save
opened-clear = I have saved it. Clear this page
opened-done-title = All done
opened-back = Send something back
