"""Hashes and base64 of texts, for `digest` and `base64-decode`."""

from __future__ import annotations

import base64
import binascii
import hashlib

from .values import EvaluationFault

DIGESTS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """Return a hash of the text in base64 (default) or hex."""
    name = DIGESTS.get(algorithm)
    if name is None or encoding not in ("base64", "hex"):
        raise EvaluationFault(f"digest: unknown algorithm or encoding {algorithm!r} {encoding!r}")
    made = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    return made.hex() if encoding == "hex" else base64.b64encode(made).decode()


def base64_decode(text: str) -> str:
    """Return the text that a base64 text carries, empty when it is none."""
    text = text.strip().rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
