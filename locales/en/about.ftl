# About page.

about-title = How this works
about-happens-heading = What happens
about-happens = You write. Your browser locks it. { $site } keeps the locked copy. The link holds the key. The first person to open it unlocks it. Then we delete it.
about-who-heading = Who can read it
about-who = Anyone who has the link, one time. Add a password if others see your chat. Without JavaScript, { $site } does the locking, so it sees your message for a moment.
about-keep-heading = What we keep
about-keep = The locked copy goes when it was opened or its time ran out. We keep this until { $until }:
about-keep-times = when it was made, when it was opened and how it ended
about-keep-size = about how big it was, and in how many parts it came
about-keep-tries = how many wrong passwords were tried
about-keep-words = a code from the browser that opened it, for the three words you can compare
about-keep-not = We do not keep your name, your address or your message.
about-keep-until = { $n ->
    [one] { $n } day after its time runs out
   *[other] { $n } days after its time runs out
}
about-cannot-heading = What we cannot do
about-cannot = We cannot get it back, know who opened it, or stop a screenshot.
about-real-heading = Is my link real?
about-real = It starts with { $address }. We never ask for email, bank passwords or money.
about-report-heading = Report a bad link
