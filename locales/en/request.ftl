# Requests: making one, its two links, and collecting the answers.

request-title = Ask for something
request-intro = Make a link. The other person sends you a message or files with it.
# Follows where the browser locks. Protects.
request-intro-only = Only you can open them.
# Protects.
request-server-locks = Your browser will not lock this. { $site } locks it when it arrives, and keeps no key.
request-needs-script = This site only takes things locked in your browser.
request-note = What do you need? (optional)
request-note-hint = Anyone with the link can read this
request-answers = How many answers do you want?
request-count = { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
request-lifetime = Stop the link after
request-button = Make a request link
request-busy = Making your links…
# Above the note as the other person will see it, shown while it is typed.
request-preview = What they will see
problem-note-long = Make it shorter

request-ready-title = You have two links
request-ready-send = Send this one
request-ready-send-name = Link to send
request-ready-until = It takes answers until { $date }.
request-ready-keep = Keep this one
request-ready-keep-name = Your private link
# Protects.
request-ready-why = Only this link opens the answer. We cannot get the link back.
# Until both were copied, shared, printed or shown as a QR code.
request-ready-both = Keep both links before you leave.
# Goes with the link to send, which follows it, to the other person.
request-note-shared = Please send it to me with this link. It works until { $date }.
request-code = QR code
request-code-warning = Anyone who scans this can answer you.
request-keep-copy = Copy private link
# Opens the share sheet of a phone, to keep the link in notes or mail.
request-keep-share = Send to myself
# Goes with the private link, which follows it.
# Protects.
request-keep-shared = My private link. It opens what people send me. Do not pass it on.
request-keep-print = Print it
request-keep-done = Keep it where only you look.
request-keep-code = QR code of your private link
# Protects.
request-keep-code-warning = Anyone who scans this can open your answers.

collect-heading = Did you ask before?
collect-link = Paste your private link
collect-button = See what came
collect-none-title = Nothing has come yet
# When the link takes no more.
collect-never-title = Nothing came
collect-title = { $n ->
    [one] Your answer is here
   *[other] { $n } answers are here
}
collect-open = The link takes answers until { $date }.
collect-full = All answers came. The link is closed.
collect-expired = Time ran out. The link is closed.
collect-deleted = You closed the link.
collect-removed = The site removed this. Someone reported it.
collect-answer = Answer { $n }
collect-came = It came on { $date }.
collect-once = Each opens one time. Then it is deleted.
collect-changed = This was changed on the way. Ask again.
# What an answer is, and what became of it.
collect-message = A message.
collect-files = Files, about { $size }.
collect-unsaved = Opened. You can go on until { $date }.
collect-opened = Opened on { $date }.
collect-gone = It is gone. Ask again.
# Before the note, and the button to another request.
collect-asked = You asked for:
collect-again = Ask again
collect-end = Close the link
collect-end-title = Close the link?
collect-end-text = No more can come. What came stays here.
collect-end-yes = Close it
collect-end-busy = Closing…
collect-end-no = Keep it open

problem-link-is-to-send = This is the link to send. Paste your private link.
problem-link-is-of-share = This is another kind of link.
