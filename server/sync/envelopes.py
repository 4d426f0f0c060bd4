"""From an envelope's bytes to a mutation that a device signed (docs/contracts.md, 3).

HPKE opens it, zlib unfolds it within limits, the signature proves which device wrote it, and only
then is JSON parsed. The agency key and the mutation's id are bound into the seal, so an envelope
cannot be passed off as another. Needs no database and no clock.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from .. import base64url
from ..attachments.ciphertext import length_of
from ..errors import Problem
from ..http import decode
from ..identity.devices import device_id, is_signed
from ..keyring import SigningKey
from .payload import Payload
from .protocol import MAX_INFLATED, MAX_SEALED, Envelope

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_MUTATION = b"hoso/mutation/v1\0"
_POINT, _SIGNATURE = 65, 64
_HEAD = 1 + _POINT + _SIGNATURE
# PostgreSQL keeps no NUL in text; no form needs one.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True)
class Opened:
    """A mutation whose signature holds. `digest` names its content, `signed` is kept as proof."""

    payload: Payload
    digest: str
    point: bytes
    device_id: str
    signed: bytes


def seal_info(kid: str, mutation_id: str) -> bytes:
    """What binds a seal to its key and mutation."""
    return f"hoso/envelope/v1\0{kid}\0{mutation_id}".encode()


def open_envelope(keys: Sequence[SigningKey], envelope: Envelope) -> Opened:
    """Raises `envelope-key-unknown`, `envelope-unreadable`, `signature-invalid`,
    `request-malformed`.
    """
    opened = read_signed(unsealed(keys, envelope))
    if opened.payload.id != envelope.id:
        raise Problem("envelope-unreadable")
    return opened


def unsealed(keys: Sequence[SigningKey], envelope: Envelope) -> bytes:
    """The signed bytes inside."""
    key = next((key for key in keys if key.kid == envelope.kid), None)
    if key is None:
        raise Problem("envelope-key-unknown")
    try:
        sealed = base64url.decode(envelope.sealed)
        if len(sealed) > MAX_SEALED:
            raise Problem("request-too-large", {"limit": MAX_SEALED})
        info = seal_info(envelope.kid, envelope.id)
        return inflated(SUITE.decrypt(sealed, key.private, info=info))
    except (ValueError, InvalidTag):
        raise Problem("envelope-unreadable") from None


def inflated(packed: bytes) -> bytes:
    """zlib bytes unfolded, or what follows a first byte of zero as it is; never past the limit.

    Raises `ValueError`, `request-too-large`.
    """
    if packed[:1] == b"\0":
        content, rest = packed[1:], b""
    else:
        unfold = zlib.decompressobj()
        try:
            content = unfold.decompress(packed, MAX_INFLATED + 1)
        except zlib.error as error:
            raise ValueError(str(error)) from None
        rest = unfold.unconsumed_tail or unfold.unused_data
        if not unfold.eof and len(content) <= MAX_INFLATED:
            raise ValueError("cut short")
    if len(content) > MAX_INFLATED:
        raise Problem("request-too-large", {"limit": MAX_INFLATED})
    if rest:
        raise ValueError("something follows the content")
    return content


def read_signed(signed: bytes) -> Opened:
    """The mutation in signed bytes, after the signature was checked."""
    if signed[:1] != b"\1" or len(signed) <= _HEAD:
        raise Problem("envelope-unreadable")
    point, signature = signed[1 : 1 + _POINT], signed[1 + _POINT : _HEAD]
    content = signed[_HEAD:]
    if not is_signed(point, signature, _MUTATION + content):
        raise Problem("signature-invalid")
    return Opened(
        payload=_payload(content),
        digest=hashlib.sha256(content).hexdigest(),
        point=point,
        device_id=device_id(point),
        signed=signed,
    )


def _payload(content: bytes) -> Payload:
    if b"\\u0000" in content and _NUL.search(content):
        raise Problem("request-malformed", {"reason": "NUL"})
    payload = decode(content, Payload)
    _check_texts(payload.answers)
    names = {page.name for page in payload.pages}
    digests = {page.digest for page in payload.pages}
    if len(names) != len(payload.pages) or len(digests) != len(payload.pages):
        raise Problem("request-malformed", {"reason": "pages: named twice"})
    for page in payload.pages:
        if page.length != length_of(page.size):
            raise Problem("request-malformed", {"reason": f"page {page.name}: length"})
    return payload


def _check_texts(part: Any) -> None:
    """Answers are objects, arrays of objects and text: a number or a null has no meaning there."""
    inner = part.values() if isinstance(part, dict) else part
    for one in inner:
        if isinstance(one, dict | list):
            _check_texts(one)
        elif not isinstance(one, str):
            raise Problem("request-malformed", {"reason": "answers: text expected"})
