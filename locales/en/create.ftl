# The page that makes a link.

create-title = Send something that opens once
create-intro = Write a message. You get a link to send. The first person to open it sees it. Then it is deleted.

create-server-locks = Your browser will not lock this. { $site } locks it when it arrives. To lock it before it leaves, turn on JavaScript.
create-server-locks-http = Your browser will not lock this. { $site } locks it when it arrives. To lock it before it leaves, use { $address }.
create-browser-locks = Locked in your browser. { $site } cannot read it.

create-needs-script-title = Turn on JavaScript to send
create-needs-script = This site only takes things locked in your browser.
create-needs-https = To send, use { $address }.

create-message = Message
create-message-hint = Like a password, a code or a note
create-message-left = { $n ->
    [one] { $n } character left
   *[other] { $n } characters left
}
create-message-over = { $n ->
    [one] { $n } character too many
   *[other] { $n } characters too many
}

create-lifetime = Delete it if nobody opens it in
create-more = More options
create-password = Add a password (optional)
create-password-hint = Tell them another way, like a phone call
create-password-make = Make one for me

create-button = Make my link
create-busy = Making your link…

# Problems. The server and the scripts say the same.
problem-message-empty = Write something
problem-message-long = { $n ->
    [one] Make the message { $n } character shorter
   *[other] Make the message { $n } characters shorter
}
problem-password-short = { $n ->
    [one] Make the password { $n } letter or longer
   *[other] Make the password { $n } letters or longer
}
problem-lifetime = Choose when to delete it
