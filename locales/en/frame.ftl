# Frame of every page. $site is the site's name, $host its address.
# In every message, $n is a number and all other variables are texts.

language-name = English

skip = Skip to the page
title = { $title } – { $site }
title-problem = Problem: { $title } – { $site }

footer-about = How this works
footer-ask = Ask for something
footer-report = Report a bad link

# Before the name of the page’s language, in the header.
language = Language:

# Link previews in chats. The last message is the alternative text of the image.
preview-title = Something for you. It opens once.
preview-text = Open it on { $host } when you are ready. Not sure? Ask the sender.
# For the links of requests, below the title of their page.
preview-ask-text = Answer on { $host } when you are ready. Not sure? Ask them first.
preview-picture = A closed envelope

problems-heading = Fix this to go on
problem-mark = Problem:
home-link = Go to { $site }

# Shown by scripts when a request gets no response.
unreachable = We could not reach { $site }. Try again. It is safe.

# Shown when a page is from another release than the server, after an update.
stale-page = This page is from before an update.
stale-again = Load it again

show = Show
hide = Hide

span-seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
