# About page.

about-title = How this works
about-intro = A sealed envelope that opens only once.

# The story in four pictures.
about-write-heading = You write
about-write = A message, files, or both.
about-lock-heading = Your browser locks it
about-lock = The key is in the link. { $site } gets only the locked copy.
about-open-heading = They open it once
about-open = The first person who opens the link sees it.
about-gone-heading = Then it is gone
about-gone = We delete our copy. Nobody can open it again.

about-ask-heading = Do you need something from someone?
about-ask = Make a request. You get a link to send and a private link. They answer with the first one.
about-ask-keep = Only your private link opens what they send. Keep it. We cannot get it back.

about-who-heading = Who can read it
# Protects.
about-who = Anyone who has the link, but it opens only one time. Add a password if others see your chat.
about-can-count = We can see how big it is, and when it was opened.
# Protects.
about-cannot-read = We cannot read it.
about-cannot-know = We cannot know who opened it, or stop a screenshot.
about-cannot-return = We cannot get it back.

about-real-heading = Is my link real?
about-real = It starts with { $address }.
# Protects.
about-real-never = We never ask for your email address, a bank password or money.

about-keep-heading = What we keep
about-keep = { $n ->
    [one] The locked copy goes when it was opened or its time ran out. After that we keep only this, for { $n } more day:
   *[other] The locked copy goes when it was opened or its time ran out. After that we keep only this, for { $n } more days:
}
about-keep-reading = An opened message stays until its reader clears it, { $span } at most.
about-keep-times = when it was made, when it was opened and how it ended
about-keep-size = about how big it was, and in how many parts it came
about-keep-tries = how many wrong passwords were tried
about-keep-words = a code from the browser that opened it, for the three words you can compare
about-keep-list = If you ask for a list of what you sent, only your browser keeps it.
about-keep-not = We do not keep your name, your internet address or your message.

about-first-heading = How to lock it first
about-first = Without JavaScript, { $site } does the locking. So it sees your message for a moment.
about-first-https = To lock it before it leaves, use { $address } with JavaScript on.
about-first-how = To lock it before it leaves, turn on JavaScript or use a newer browser.

about-report-heading = Report a bad link
