# Functions that bin/redis-matrix, bin/proxy-matrix and bin/compose-test share: processes, and a client in curl.
# The client sends random bytes as ciphertext, which the server cannot tell from a share.
# shellcheck shell=bash

# Options of every curl call, such as --insecure. Set by the caller.
curl_options=()

# Prints a free port below those that Linux gives to outgoing connections, which could take it before the program binds it.
free_port() {
    python3 -c '
import random, socket
while True:
    port = random.randrange(10000, 20000)
    with socket.socket() as tried:
        if tried.connect_ex(("127.0.0.1", port)) == 0:
            continue
    print(port)
    break'
}

# ask CURL-OPTIONS...: one request, silent, at most a minute. Prints the body, or nothing when the connection fails.
ask() { curl --silent --max-time 60 "${curl_options[@]}" "$@" || true; }

# code CURL-OPTIONS...: prints the status of one request, 000 when the connection fails.
code() { ask --output /dev/null --write-out '%{http_code}' "$@"; }

# await URL: waits up to 20 seconds until an address answers.
await() {
    for _ in $(seq 200); do
        [ "$(code --max-time 2 "$1")" = 000 ] || return 0
        sleep 0.1
    done
    echo "nothing answers at $1" >&2
    return 1
}

# new_share FOLDER: writes owner, claim, id, and the bodies of create and open into a folder.
new_share() {
    mkdir -p "$1"
    python3 - "$1" <<'PYTHON'
import base64, hashlib, json, os, sys

def base32(data):
    letters, number = "0123456789abcdefghjkmnpqrstvwxyz", int.from_bytes(data, "big")
    return "".join(letters[number >> shift & 31] for shift in range(8 * len(data) - 5, -1, -5))

def base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")

owner, claim, proof = os.urandom(20), os.urandom(20), os.urandom(32)
share = {"version": 1, "open_verifier": base64url(hashlib.sha256(proof).digest()), "parts": 1, "size": 0,
         "lifetime": 3600, "part0": base64url(os.urandom(400))}
files = {"owner": base32(owner), "claim": base32(claim), "part0": share["part0"],
         "id": base32(hashlib.sha256(b"onetimeshare/v1/id" + owner).digest()[:10]),
         "create.json": json.dumps(share),
         "open.json": json.dumps({"open_proof": base64url(proof), "claim": base32(claim)})}
for name, text in files.items():
    with open(os.path.join(sys.argv[1], name), "w") as file:
        file.write(text)
PYTHON
}

# share URL FOLDER: prints the address of a share in the API.
share() { echo "$1/api/v1/shares/$(<"$2/id")"; }

# The calls print their HTTP status. `open_share` prints `other` when the bytes are not those that were sent.
create_share() {
    code --request PUT --header "Authorization: Bearer $(<"$2/owner")" --header "Content-Type: application/json" \
        --data "@$2/create.json" "$(share "$1" "$2")"
}
open_share() {
    local status
    status=$(ask --output "$2/opened.json" --write-out '%{http_code}' --header "Content-Type: application/json" \
        --data "@$2/open.json" "$(share "$1" "$2")/open")
    [ "$status" != 200 ] || grep -qF "\"$(<"$2/part0")\"" "$2/opened.json" || status=other
    echo "$status"
}
confirm_share() { code --request POST --header "Authorization: Bearer $(<"$2/claim")" "$(share "$1" "$2")/confirm"; }
# state_of URL FOLDER: prints the state that the sender sees.
state_of() {
    ask --header "Authorization: Bearer $(<"$2/owner")" "$(share "$1" "$2")" | sed -n 's/.*"state":"\([a-z]*\)".*/\1/p'
}
