# Ended and unknown shares.

gone-title = This link does not work
gone = It was opened, its time ran out, or the sender deleted it. Or part of it is missing. We cannot tell you which.
gone-opened-title = This was opened
gone-opened = On { $date }. Was it not you? Tell the sender now, so they can change what was in it.
gone-expired-title = Time ran out
gone-expired = Nobody opened it.
gone-deleted-title = The sender deleted this
gone-deleted = Nobody opened it.
gone-removed-title = The site removed this
gone-removed = Nobody opened it. Someone reported it.

gone-do-heading = What you can do
gone-do-ask = Ask the sender for a new link.
gone-do-tell = If you never opened it, tell them. Someone else may have.
# With contact details of the site's owner.
gone-do-report = Was it a trick or a threat? Tell us and send us the link: { $contact }
