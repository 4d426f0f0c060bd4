"""Page ciphertext and page keys (pure).

A page is AES-256-GCM in chunks of 64 KiB of plaintext, each with its 16-byte tag, back to back. The
nonce is the chunk's number (11 bytes, big-endian) and a last byte that is 1 for the final chunk, so
chunks cannot be swapped, repeated or cut off unseen. The page's own key came inside the sealed
mutation; at rest it is sealed by the server's storage key and bound to the page's digest.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 65_536
TAG = 16


def length_of(size: int) -> int:
    """How many bytes of ciphertext `size` bytes of plaintext give."""
    return size + TAG * max(1, -(-size // CHUNK))


def encrypt(plain: bytes, key: bytes) -> bytes:
    """Ciphertext of a page under its 32-byte `key`, which must never be used for another."""
    cipher = AESGCM(key)
    starts = range(0, max(1, len(plain)), CHUNK)
    return b"".join(
        cipher.encrypt(_nonce(number, at + CHUNK >= len(plain)), plain[at : at + CHUNK], None)
        for number, at in enumerate(starts)
    )


def decrypt(cipher_text: bytes, key: bytes) -> bytes:
    """Plaintext of a page. Raises `ValueError` when anything does not fit."""
    cipher = AESGCM(key)
    step = CHUNK + TAG
    starts = range(0, max(1, len(cipher_text)), step)
    try:
        return b"".join(
            cipher.decrypt(
                _nonce(number, at + step >= len(cipher_text)), cipher_text[at : at + step], None
            )
            for number, at in enumerate(starts)
        )
    except InvalidTag:
        raise ValueError("the page does not open with its key") from None


def seal_key(storage: bytes, key: bytes, digest: str) -> bytes:
    """A page key as it is kept: nonce (12) ‖ AES-256-GCM under the storage key."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(storage).encrypt(nonce, key, digest.encode())


def open_key(storage: bytes, sealed: bytes, digest: str) -> bytes:
    """The page key again. Raises `ValueError`."""
    try:
        return AESGCM(storage).decrypt(sealed[:12], sealed[12:], digest.encode())
    except InvalidTag:
        raise ValueError("the page key does not open") from None


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
