# Frame of every page. $site is the site's name, $host its address.
# In every message, $n is a number and all other variables are texts. A comment holds for the messages below it, up to the next
# empty line. “Protects.” marks sentences that keep people from harm: every language makes the same claim.
#
# A date, a span or a size may stand only where it does not have to bend: after a colon if need be. Texts of buttons and titles have
# one line at 320 px: about 30 letters.

language-name = English

skip = Skip to the page
title = { $title } – { $site }
title-problem = Problem: { $title } – { $site }

footer-about = How this works
footer-ask = Ask for something
footer-report = Report a bad link

# Before the name of the page’s language, in the header.
language = Language:
# Last in the list of languages: leads to the contact of the site’s owner.
language-wrong = Is a word wrong?

# Link previews in chats. The last message is the alternative text of the image.
preview-title = Something for you. It opens once.
preview-text = Open it on { $host } when you are ready. Not sure? Ask the sender.
# For the links of requests, below the title of their page.
preview-ask-text = Answer on { $host } when you are ready. Not sure? Ask who sent you the link.
preview-picture = A closed envelope

problems-heading = Fix this to go on
problem-mark = Problem:
home-link = Go to { $site }

# Shown by scripts when a request gets no response.
unreachable = We could not reach { $site }. It is safe to try again.

# Shown when a page is from another release than the server, after an update.
stale-page = This page is from before an update.
stale-again = Load it again

show = Show
hide = Hide
