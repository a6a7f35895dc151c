# Ended and unknown shares.

gone-title = This link does not work
# Protects.
gone = It was opened, its time ran out, or the sender deleted it. Or part of the link is missing. We cannot tell you which.
gone-opened-title = This was opened
# Protects.
gone-opened = On { $date }. Was it not you? Tell the sender now, so they can change the password or code in it.
gone-expired-title = Time ran out
gone-expired = Nobody opened it.
gone-deleted-title = The sender deleted this
gone-deleted = Nobody opened it.
gone-removed-title = The site removed this
gone-removed = Nobody opened it. Someone reported it.

gone-do-heading = What you can do
gone-do-ask = Ask the sender for a new link.
# Protects.
gone-do-tell = If you never opened it, tell the sender. Someone else may have opened it.
# With contact details of the site's owner.
gone-do-report = Was it a trick or a threat? Tell us and send us the link: { $contact }
