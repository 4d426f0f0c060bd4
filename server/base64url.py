"""Binary as text: base64url without padding (RFC 7515, 2), as every key and digest here."""

from __future__ import annotations

import base64
import binascii
import re

_TEXT = re.compile(r"[A-Za-z0-9_-]*")


def encode(data: bytes) -> str:
    """`data` as unpadded base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of unpadded base64url. Raises `ValueError` for anything else."""
    # The decoder alone would also take the other alphabet's + and /.
    if not _TEXT.fullmatch(text):
        raise ValueError("not base64url")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
