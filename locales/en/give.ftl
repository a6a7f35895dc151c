# Answering a request.

give-title = Someone asks you for something
# Protects.
give-notice = We do not know who asked. First ask the person you think it is. Never send a bank PIN or a code from a text message.
# With contact details of the site’s owner.
# Protects.
give-report = Is it a trick or a threat? Send nothing. Tell us and send us the link: { $contact }
give-look = See what they ask
give-look-busy = Looking…
give-wrote = They wrote:
give-no-note = They wrote no note.
give-until = You can send until { $date }.
give-button = Send
give-busy = Sending…
give-changed-title = Do not send here
give-changed-why = This link was changed. Ask for a new one.
# Protects.
give-changed = Do not send here. This link was changed. Ask for a new one.
give-link-is-private = This is your private link. It does not send. Open it to see what came.

sent-title = Sent
sent = Only the person who asked can open it. You can close this page.
# Where the site locked it, not the browser.
sent-by-site = The person who asked can open it now. You can close this page.

request-over-title = This link is closed
request-over-full-title = They have all they asked for
request-over-full = The link takes no more.
request-over-expired = Time ran out.
request-over-deleted = The person who asked closed it.
request-over-removed = The site removed this. Someone reported it.
request-over-nothing = Nothing was sent.
