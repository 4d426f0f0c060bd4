"""The signed receipt of one mutation: what the phone waits for before it lets go of its copy, and
what a citizen can show to prove that something was filed, when, and with which content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ..keyring import SigningKey
from . import signing

KIND = "hoso-receipt+jwt"


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The claims (docs/contracts.md, 4). Times: `iat` server seconds, `at` the phone's own."""

    iss: str
    jti: str
    sub: str
    iat: int
    kind: str
    verdict: str
    digest: str
    pages: list[str]
    device: str
    at: str
    code: str
    number: str | None = None


def issue(keys: Sequence[SigningKey], receipt: Receipt) -> str:
    """The receipt as compact JWS, signed by the newest of `keys`."""
    return signing.sign(keys[-1], receipt, KIND)


def check(keys: Iterable[signing.PublicKey], text: str) -> Receipt | None:
    """The claims of a receipt one of `keys` signed; nothing when it is not genuine."""
    payload = signing.verify(keys, "".join(text.split()), KIND)
    if payload is None:
        return None
    try:
        return msgspec.json.decode(payload, type=Receipt)
    except msgspec.MsgspecError:
        return None
