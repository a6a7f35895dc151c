# Create page.

create-title = Send something that opens once
create-intro = Write it or add files. Send the link. It opens once, then it is gone.

# Protects.
create-server-locks = Not locked in your browser. { $site } locks it when it arrives.
# Leads to the part of the about page that says how.
create-lock-how = How to lock it first
# Protects.
create-browser-locks = Locked in your browser. { $site } cannot read it.

create-needs-script-title = Turn on JavaScript to send
create-needs-script = This site only takes things locked in your browser. An old browser cannot lock.
create-needs-https = To send, use { $address }.

create-message = Message
create-message-hint = A password, a code, a note
create-message-left = { $n ->
    [one] { $n } character left
   *[other] { $n } characters left
}
create-message-over = { $n ->
    [one] { $n } character too many
   *[other] { $n } characters too many
}

create-files = Files
create-files-hint = Up to { $n }. All together, up to { $max }.
# In place of the hint while the site has no room for files.
create-files-full = There is no room for files now. A message still fits.
create-files-last = Choose files last. After a problem you must choose them again.
create-files-choose = Add files
create-files-more = Add more files
# Follows the limits, where there is a mouse.
create-files-drop = Or drop them anywhere.
# Over the whole window while files are dragged.
create-files-veil = Drop to add
create-files-remove = Remove
create-files-total = { $n ->
    [one] { $n } file, { $size } of { $max }
   *[other] { $n } files, { $size } of { $max }
}
create-files-show = { $n ->
    [one] Show { $n } more file
   *[other] Show { $n } more files
}
# Announced when another app shared files.
create-files-added = { $n ->
    [one] { $n } file added
   *[other] { $n } files added
}
# Above the form, with the text and the names of the files.
create-shared = Another app or site sent this. Put it in your message?
create-shared-add = Put it in
create-shared-drop = Leave it out
create-files-slow = Big files take minutes. Keep this page open.

create-lifetime = How long can it wait?
create-lifetime-hint = Not opened by then? It is deleted.
create-more = Password and exact time
create-password = Add a password (optional)
create-password-hint = { $n ->
    [one] Use { $n } character or more. Tell them another way, like a phone call.
   *[other] Use { $n } characters or more. Tell them another way, like a phone call.
}
create-password-make = Make one for me
create-password-busy = Making one…

# Alternative to the offered lifetimes.
create-until = Or choose the day and time (optional)
create-until-hint = { $from } to { $to } from now

create-button = Make my link
# Below the form, to the page of requests.
create-ask = Ask someone to send you something
create-busy = Making your link…

# Validation messages of the server and the scripts.
problem-message-empty = Write something or choose a file
problem-message-long = { $n ->
    [one] Make the message { $n } character shorter
   *[other] Make the message { $n } characters shorter
}
problem-password-short = { $n ->
    [one] Make the password { $n } character or longer
   *[other] Make the password { $n } characters or longer
}
# When no password could be made for the sender.
problem-password-make = We could not make one. Type your own
problem-lifetime = Choose when to delete it
problem-until = Choose a time { $from } to { $to } from now
problem-until-part = Fill in both the day and the time
problem-files-many = { $n ->
    [one] Choose { $n } file or fewer
   *[other] Choose { $n } files or fewer
}
problem-files-big = Your files are { $size }. The most is { $max }
problem-file-big = { $name } is too big. The most is { $max }
problem-file-empty = { $name } is empty. Choose another file
problem-file-unreadable = We cannot read { $name }. If it is a folder, zip it first
problem-file-changed = { $name } has changed. Choose it again
