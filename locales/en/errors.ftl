# Error pages.

error-bad-request-title = We did not understand that
error-bad-request = Go back and try again.
error-forbidden-title = You cannot send from here
error-forbidden = Only some people can make links here. Anyone can open one.
error-cross-site-title = You cannot send from here
error-cross-site = Another site sent this. Nothing was changed. Open this site itself and try again.
error-not-found-title = This page is not here
error-not-found = Check the address or start again.
error-too-large-title = That is too big
error-too-large = The most is { $max } in all. Go back and remove some files.
error-missing-title = Something is missing
error-missing = Go back and check each box.
error-too-many-title = Too many tries
error-too-many = { $n ->
    [one] Wait { $n } minute, then try again.
   *[other] Wait { $n } minutes, then try again.
}
error-broken-title = Something broke on our side
error-broken = Wait a few minutes. It is safe to try again.
error-closed-title = { $site } is closed for now
error-closed = Try again later.
error-closed-links = Waiting links stay, but their end date does not move.
error-full-title = { $site } is full
error-full = There is no room now. Try a smaller file, or try later.
# “max” is a size such as 20 MB.
error-full-fits = There is room for { $max } now. Try smaller files, or try later.
# Shown by scripts when a proxy answers in place of the site, with the HTTP status.
error-between = Something between you and { $site } does not work. Try again soon. If it goes on, tell the site’s owner: { $status }.
error-between-size = Something between you and { $site } refuses big pieces. Tell the site’s owner: { $status }.
error-incident = If you tell the site owner, say: { $incident }
