"""Sends and opens every share of tests/vectors/envelope-v1.json through the client that openapi-python-client generates.

The encryption is that of docs/clients.md, which must give the bytes of the vectors. Needs OTS_SITE, the address of the server,
and on the path the modules `clients` (the code of docs/clients.md) and `generated` (the client).
"""

import base64
import hashlib
import hmac
import io
import json
import os
import pathlib
import unicodedata

from clients import CHUNK, V1, b32, b64, expand, open_link, padded, seal, send, sha, unb32, unseal
from generated import AuthenticatedClient, Client
from generated.api.receive import confirm_share, get_part, open_share, peek_share
from generated.api.send import complete_share, create_share, get_share_status, list_parts, put_part
from generated.api.site import get_site
from generated.models import CreateShare, OpenProof, OpenShare
from generated.types import UNSET, File

SITE = os.environ["OTS_SITE"]
VECTORS = pathlib.Path(__file__).parents[1] / "vectors" / "envelope-v1.json"


def content_keys(id, key, password):
    """The key schedule of docs/envelope.md with a password: proof of the link, proof of the password, content key."""
    prk = prk2 = hmac.digest(id.encode(), key, "sha256")
    if password:
        text, salt = unicodedata.normalize("NFC", password).encode(), expand(prk, V1 + b"password-salt", 16)
        prk2 = hmac.digest(id.encode(), key + hashlib.pbkdf2_hmac("sha256", text, salt, 600_000), "sha256")
    password_proof = expand(prk2, V1 + b"password", 32) if password else None
    return expand(prk, V1 + b"open", 32), password_proof, expand(prk2, V1 + b"content", 32)


def content(file):
    unit, size = bytes.fromhex(file["content"]["repeat"]), file["content"]["size"]
    return (unit * (size // len(unit) + 1))[:size]


def split(message):
    """The parts of a file message: each has 60 chunks, and the first also the salt and the commitment."""
    full = 60 * (CHUNK + 16)
    return [message[: full + 56]] + [message[at : at + full] for at in range(full + 56, len(message), full)]


def b64_bytes(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def expect(answer, *statuses):
    assert answer.status_code in statuses, (answer.status_code, answer.content)
    return answer.parsed


def run(vector):
    id, key = vector["id"], bytes.fromhex(vector["key"])
    assert b32(sha(V1, b"id", unb32(vector["owner"]))[:10]) == id
    proof, password_proof, content_key = content_keys(id, key, vector["password"])
    salts = [bytes.fromhex(salt) for salt in vector["salts"]]
    # The vectors leave out a long one.
    manifest = vector["manifest_json"] or json.dumps({"message": vector["message"]}, separators=(",", ":"))
    manifest = manifest.encode()
    manifest = (len(manifest).to_bytes(4, "big") + manifest).ljust(padded(4 + len(manifest)), b"\0")
    parts = [seal(content_key, b"manifest/" + id.encode(), manifest, salts[0])]
    for n, file in enumerate(vector["files"]):
        plain = content(file)
        context = b"file/%s/%d" % (id.encode(), n)
        parts += split(seal(content_key, context, plain.ljust(padded(len(plain)), b"\0"), salts[n + 1]))
    assert [hashlib.sha256(part).hexdigest() for part in parts] == vector["part_sha256"], "the parts are not the vector's"

    sender = AuthenticatedClient(SITE, vector["owner"])
    body = CreateShare(
        version=1,
        open_verifier=b64(sha(proof)),
        password_verifier=b64(sha(password_proof)) if password_proof else UNSET,
        parts=len(parts),
        size=sum(map(len, parts[1:])),
        lifetime=3_600,
        part0=b64(parts[0]),
    )
    expect(create_share.sync_detailed(id, client=sender, body=body), 201)
    expect(create_share.sync_detailed(id, client=sender, body=body), 200)
    for n, part in enumerate(parts[1:], 1):
        expect(put_part.sync_detailed(id, n, client=sender, body=File(io.BytesIO(part))), 204)
    assert expect(list_parts.sync_detailed(id, client=sender), 200).received == list(range(1, len(parts)))
    expect(complete_share.sync_detailed(id, client=sender), 200)

    anyone = Client(SITE)
    peeked = expect(peek_share.sync_detailed(id, client=anyone, body=OpenProof(b64(proof))), 200)
    assert (peeked.state, peeked.password) == ("waiting", bool(password_proof))
    claim = b32(os.urandom(20))
    password = b64(password_proof) if password_proof else UNSET
    asked = OpenShare(open_proof=b64(proof), claim=claim, password_proof=password)
    opened = expect(open_share.sync_detailed(id, client=anyone, body=asked), 200)
    receiver = AuthenticatedClient(SITE, claim)
    fetch = lambda n: expect(get_part.sync_detailed(id, n, client=receiver), 200).payload.read()
    came = [b64_bytes(opened.part0)] + [fetch(n) for n in range(1, opened.parts)]
    expect(confirm_share.sync_detailed(id, client=receiver), 204)
    assert expect(get_share_status.sync_detailed(id, client=sender), 200).confirmed_at

    plain = unseal(content_key, b"manifest/" + id.encode(), came[0])
    listed = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")])
    assert listed.get("message") == vector["message"] or not vector["message"], listed
    rest = came[1:]
    for n, file in enumerate(vector["files"]):
        count = len(split(bytes(padded(file["content"]["size"]) + 56 + 16 * (padded(file["content"]["size"]) // CHUNK + 1))))
        message, rest = b"".join(rest[:count]), rest[count:]
        plain = unseal(content_key, b"file/%s/%d" % (id.encode(), n), message)
        assert plain[: listed["files"][n]["size"]] == content(file) and not any(plain[listed["files"][n]["size"] :])
    assert not rest
    return len(came), sum(map(len, came))


def main():
    assert expect(get_site.sync_detailed(client=Client(SITE)), 200).max_size > 0
    vectors = json.loads(VECTORS.read_text())["open"]
    parts, size = map(sum, zip(*map(run, vectors)))
    print(f"generated client: {len(vectors)} of {len(vectors)} vectors sent and opened, {parts} parts, {size} bytes")
    for message in ("", "hi", "x" * 98_000, "Grüße \u2028 \U0001f511\r\n"):
        assert open_link(send(SITE, message)) == message
    print("docs/clients.md: 4 messages sent and opened")


main()
