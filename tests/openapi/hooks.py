"""Hooks of schemathesis: each generated call is about a share or a request that exists, in a state in which the call can succeed.

Without them nearly every call would be answered with 404, because an id comes from its owner. Values that schemathesis chose to
be wrong stay wrong. Needs OTS_SITE, the address of the server. Writes the number of calls to the file OTS_CALLS.
"""

import atexit
import base64
import collections
import hashlib
import json
import os
import secrets
import urllib.request

import schemathesis
from schemathesis.core.parameters import ParameterLocation

SITE = os.environ["OTS_SITE"]
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def b32(data):
    number, length = int.from_bytes(data, "big"), len(data) * 8 // 5
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def call(method, path, token=None, body=None, kind="application/json"):
    data = json.dumps(body).encode() if kind == "application/json" and body is not None else body
    request = urllib.request.Request(SITE + path, data=data, method=method)
    if data is not None:
        request.add_header("Content-Type", kind)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    urllib.request.urlopen(request, timeout=10).close()


class Thing:
    """A share or a request. To the server, its encrypted content is any bytes."""

    def __init__(self, kind):
        owner = secrets.token_bytes(20)
        self.owner, self.claim = b32(owner), b32(secrets.token_bytes(20))
        self.id = b32(hashlib.sha256(b"onetimeshare/v1/id" + owner).digest()[:10])
        proof = secrets.token_bytes(32)
        self.proof, self.verifier = b64(proof), b64(hashlib.sha256(proof).digest())
        self.path = f"/api/v1/{kind}/{self.id}"

    def uploading(self):
        self.create(2, 984_056)
        return self

    def waiting(self):
        self.create(1, 0)
        return self

    def opened(self):
        self.waiting()
        call("POST", self.path + "/open", None, {"open_proof": self.proof, "claim": self.claim})
        return self

    def asked(self):
        body = {"version": 1, "give_verifier": self.verifier, "box": b64(bytes(328)), "answers": 20, "lifetime": 86_400}
        call("PUT", self.path, self.owner, body)
        return self

    def create(self, parts, size):
        body = {"version": 1, "open_verifier": self.verifier, "parts": parts, "size": size, "lifetime": 3_600}
        call("PUT", self.path, self.owner, body | {"part0": b64(bytes(328))})


# For each operation: how the thing is made that it is about, and the member of it that the header carries.
ABOUT = {
    "createShare": (lambda: Thing("shares"), "owner"),
    "getShareStatus": (lambda: Thing("shares").opened(), "owner"),
    "deleteShare": (lambda: Thing("shares").waiting(), "owner"),
    "listParts": (lambda: Thing("shares").uploading(), "owner"),
    "putPart": (lambda: Thing("shares").uploading(), "owner"),
    "completeShare": (lambda: Thing("shares").uploading(), "owner"),
    "getPart": (lambda: Thing("shares").opened(), "claim"),
    "peekShare": (lambda: Thing("shares").waiting(), None),
    "openShare": (lambda: Thing("shares").waiting(), None),
    "registerHandover": (lambda: Thing("shares").opened(), "claim"),
    "confirmShare": (lambda: Thing("shares").opened(), "claim"),
    "makeRequest": (lambda: Thing("requests"), "owner"),
    "getRequestStatus": (lambda: Thing("requests").asked(), "owner"),
    "endRequest": (lambda: Thing("requests").asked(), "owner"),
    "lookAtRequest": (lambda: Thing("requests").asked(), None),
    "answerRequest": (lambda: Thing("requests").asked(), None),
}


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = case.operation.definition.raw["operationId"]
    if operation not in ABOUT or case.meta is None:
        return
    make, secret = ABOUT[operation]
    thing = make()
    if not case.meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters["id"] = thing.id
        if "n" in case.path_parameters:
            case.path_parameters["n"] = 1 if operation == "putPart" else 0
    if secret and not case.meta.is_negative_at(ParameterLocation.HEADER):
        case.headers["Authorization"] = "Bearer " + getattr(thing, secret)
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        for name in ("open_proof", "give_proof"):
            if name in case.body:
                case.body[name] = thing.proof
        if operation in ("createShare", "makeRequest"):
            # The document cannot say what a size allows, which lifetimes this site has, and where base64url has unused bits.
            case.body.update({"parts": 1, "size": 0} if operation == "createShare" else {})
            name = "part0" if operation == "createShare" else "box"
            text = case.body[name][: -1 - (len(case.body[name]) % 4 == 1)] + "A"
            case.body.update({"lifetime": 86_400, name: text})


CALLS = collections.Counter()


@schemathesis.hook
def after_call(context, case, response):
    CALLS[response.status_code] += 1


@atexit.register
def report():
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(CALLS.items()))
    with open(os.environ["OTS_CALLS"], "w", encoding="utf-8") as file:
        file.write(f"{sum(CALLS.values())} calls ({statuses})")
