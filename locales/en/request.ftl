# Requests: making one, its two links, and collecting the answers.

request-title = Ask for something
request-intro = Make a link. The other person sends you a message or files with it. Only you can open them.
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
problem-note-long = Make it shorter

request-ready-title = You have two links
request-ready-send = Send this one
request-ready-send-name = Link to send
request-ready-until = It takes answers until { $date }.
request-ready-keep = Keep this one
request-ready-keep-name = Your private link
request-ready-why = You need it to open the answer. We cannot get it back.

collect-heading = Did you ask before?
collect-link = Paste your private link
collect-button = See what came
collect-none-title = Nothing has come yet
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
collect-end = Close the link

problem-link-is-to-send = This is the link to send. Paste your private link.
problem-link-is-of-share = This is another kind of link.
