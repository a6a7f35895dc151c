"""Sends and opens every share of tests/vectors/envelope-v1.json through the client that openapi-python-client generates.

The encryption is that of docs/clients.md, which must give the bytes of the vectors. Needs OTS_SITE, the address of the server,
and on the path the modules `clients` (the code of docs/clients.md) and `generated` (the client).
"""

import base64
import hashlib
import io
import json
import os
import pathlib
import unicodedata

from clients import CHUNK, V1, b32, b64, chunked, hkdf, link_to, pack, padded, receive, send, sha, unb32
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from generated import AuthenticatedClient, Client
from generated.api.receive import confirm_share, get_part, open_share, peek_share
from generated.api.send import complete_share, create_share, get_share_status, list_parts, put_part
from generated.api.site import get_site
from generated.models import CreateShare, OpenProof, OpenShare
from generated.types import UNSET, File

SITE = os.environ["OTS_SITE"]
VECTORS = pathlib.Path(__file__).parents[1] / "vectors" / "envelope-v1.json"


def password_key(id, key, password):
    """The input of the key schedule of docs/envelope.md with a password: the link key and the stretched password."""
    text, salt = unicodedata.normalize("NFC", password).encode(), hkdf(id, key, b"password-salt")[:16]
    return key + hashlib.pbkdf2_hmac("sha256", text, salt, 600_000)


def seal(id, key, context, plain, salt):
    return salt + b"".join(chunked(id, key, context, salt, plain, AESGCM.encrypt, CHUNK))


def unseal(id, key, context, sealed):
    commitment, plain = chunked(id, key, context, sealed[:24], sealed[56:], AESGCM.decrypt, CHUNK + 16)
    assert commitment == sealed[24:56]
    return plain


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
    assert link_to(SITE, id, key) == f"{SITE}/s/{id}#{vector['fragment']}"
    proof, password_proof = hkdf(id, key, b"open"), None
    if vector["password"]:
        key = password_key(id, key, vector["password"])
        password_proof = hkdf(id, key, b"password")
    salts = [bytes.fromhex(salt) for salt in vector["salts"]]
    # The vectors leave out a long one.
    manifest = vector["manifest_json"] or json.dumps({"message": vector["message"]}, separators=(",", ":"))
    parts = [seal(id, key, f"manifest/{id}", pack(manifest.encode()), salts[0])]
    for n, file in enumerate(vector["files"]):
        plain = content(file)
        parts += split(seal(id, key, f"file/{id}/{n}", plain.ljust(padded(len(plain)), b"\0"), salts[n + 1]))
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

    plain = unseal(id, key, f"manifest/{id}", came[0])
    listed = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")])
    assert listed.get("message") == vector["message"] or not vector["message"], listed
    rest = came[1:]
    for n, file in enumerate(vector["files"]):
        count = len(split(bytes(padded(file["content"]["size"]) + 56 + 16 * (padded(file["content"]["size"]) // CHUNK + 1))))
        message, rest = b"".join(rest[:count]), rest[count:]
        plain = unseal(id, key, f"file/{id}/{n}", message)
        assert plain[: listed["files"][n]["size"]] == content(file) and not any(plain[listed["files"][n]["size"] :])
    assert not rest
    return len(came), sum(map(len, came))


def raises(error, call, *arguments):
    try:
        call(*arguments)
    except error as raised:
        return str(raised)
    raise AssertionError(f"no {error.__name__}")


def refuse():
    """A damaged link and a message that is cut anywhere, also before its first chunk, are refused."""
    link = send(SITE, "hi")
    other = "1" if link[-1] == "0" else "0"
    for damaged in ("", link[:-1], link + "0", link[:-1] + other, link[:-1] + "u", link.replace("#1", "#2")):
        assert raises(ValueError, receive, damaged) == "damaged link", damaged
    assert receive(link) == "hi"
    id, key, context = link[-50:-34], bytes(16), "manifest/" + link[-50:-34]
    sealed = seal(id, key, context, bytes(CHUNK), bytes(24))
    for length in (0, 23, 55, 56, 57, 72, CHUNK + 72, len(sealed) - 1):
        raises(InvalidTag, unseal, id, key, context, sealed[:length])


def main():
    assert expect(get_site.sync_detailed(client=Client(SITE)), 200).max_size > 0
    vectors = json.loads(VECTORS.read_text())["open"]
    parts, size = map(sum, zip(*map(run, vectors)))
    print(f"generated client: {len(vectors)} of {len(vectors)} vectors sent and opened, {parts} parts, {size} bytes")
    for message in ("", "hi", "x" * 98_000, "Grüße \u2028 \U0001f511\r\n"):
        assert receive(send(SITE, message)) == message
    refuse()
    print("docs/clients.md: 4 messages sent and opened")


main()
