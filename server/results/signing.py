"""ES256 signatures: the JWS of receipts and the public keys that check them (RFC 7515, 7517, 7518).

By hand over `cryptography`, because it is thirty lines: a JWS signature is r‖s, 32 bytes each, not
the DER that libraries give. The newest key signs; all keys verify, so a receipt outlives rotation.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from ..base64url import decode, encode
from ..identity.devices import is_signed
from ..keyring import SigningKey

_ES256 = ec.ECDSA(hashes.SHA256())
MAX_LENGTH = 16_384


def signature(private: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """ECDSA-SHA256 as r‖s, 64 bytes."""
    r, s = decode_dss_signature(private.sign(message, _ES256))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def sign(key: SigningKey, claims: Any, kind: str) -> str:
    """Compact JWS of `claims` with header `{alg, kid, typ: kind}`."""
    message = f"{_header(key.kid, kind)}.{encode(msgspec.json.encode(claims))}"
    return f"{message}.{encode(signature(key.private, message.encode()))}"


@functools.lru_cache(maxsize=16)
def _header(kid: str, kind: str) -> str:
    return encode(msgspec.json.encode({"alg": "ES256", "kid": kid, "typ": kind}))


class PublicKey(Protocol):
    """What checking needs of a key: its name and its 65-byte point."""

    @property
    def kid(self) -> str:
        """The name in the JWS header."""
        ...

    @property
    def point(self) -> bytes:
        """The public half, uncompressed."""
        ...


def verify(keys: Iterable[PublicKey], token: str, kind: str) -> bytes | None:
    """The payload of a compact JWS signed by one of `keys`; nothing when it does not hold."""
    if len(token) > MAX_LENGTH or token.count(".") != 2:
        return None
    message, _, raw = token.rpartition(".")
    head, _, payload = message.partition(".")
    try:
        header = msgspec.json.decode(decode(head), type=dict[str, Any])
        content, proof = decode(payload), decode(raw)
    except (ValueError, msgspec.MsgspecError):
        return None
    if header.get("alg") != "ES256" or header.get("typ") != kind or "crit" in header:
        return None
    for key in keys:
        if key.kid == header.get("kid") and is_signed(key.point, proof, message.encode()):
            return content
    return None


def jwk(key: SigningKey) -> dict[str, str]:
    """The public half as a JWK."""
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": encode(key.point[1:33]),
        "y": encode(key.point[33:]),
        "kid": key.kid,
        "alg": "ES256",
        "use": "sig",
    }


def jwks(keys: Sequence[SigningKey]) -> dict[str, list[dict[str, str]]]:
    """The key set at `/.well-known/jwks.json`, the key in use first."""
    return {"keys": [jwk(key) for key in reversed(keys)]}
