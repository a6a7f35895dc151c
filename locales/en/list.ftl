# List of what was sent from this browser, on the page of a new link and on the status page.

list-keep = Keep a list on this device
# Protects.
list-hint = The list has the status links of what you send here. Anyone who uses this browser can see it. A private window loses it when it closes.
list-kept = It is on the list on this device.
list-see = See the list
list-not-kept = Your browser keeps no list here. Keep the status link.

list-title = Sent from this device
list-made = Sent { $date }
list-empty = The list is empty.
# The site has no record of the share any more.
list-gone = Not there any more
list-unknown = We could not check. Load the page again.
list-forget = Forget
list-forgotten = Forgotten
list-forget-all = Forget all
list-forgotten-all = All forgotten. We keep no list now.
