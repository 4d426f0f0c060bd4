"""The secrets of one installation, made at first start and read ever after.

One file each in `settings.keys`, readable by the server's account alone. A file appears whole or
not at all, and only once though several processes start together: who comes second reads what the
first one made. Keys that follow one another are numbered (`agency-1.pem`, `agency-2.pem`): the
newest seals and signs, the older ones still open and verify. A key that is added is in use at once,
in every process, without a restart.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from . import base64url


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A P-256 private key and its name, the RFC 7638 thumbprint of the public half."""

    kid: str
    private: ec.EllipticCurvePrivateKey

    @property
    def point(self) -> bytes:
        """The public half: 65 bytes, uncompressed."""
        return point_of(self.private)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All secrets. `agency` and `receipts` run from the oldest to the newest, the one in use."""

    agency: tuple[SigningKey, ...]
    receipts: tuple[SigningKey, ...]
    push: SigningKey
    storage: bytes
    secret: bytes


class KeyFolder:
    """The keys as they are in the folder now: read again when a file there came or went."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keyring = open_keyring(folder)
        self._seen = -1

    def current(self) -> Keyring:
        """The keys of this moment."""
        # Looked at before reading: what changes meanwhile is read next time.
        changed = self._folder.stat().st_mtime_ns
        if changed != self._seen:
            self._keyring, self._seen = open_keyring(self._folder), changed
        return self._keyring


def open_keyring(folder: Path) -> Keyring:
    """Read the keys in `folder`; what is missing is made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Keyring(
        agency=_series(folder, "agency"),
        receipts=_series(folder, "receipts"),
        push=_signing_key(load_or_create(folder / "push.pem", new_pem)),
        storage=load_or_create(folder / "storage.key", lambda: secrets.token_bytes(32)),
        secret=load_or_create(folder / "secret.key", lambda: secrets.token_bytes(32)),
    )


def load_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes of `path`; what `make` gives is written there first when it is missing."""
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, fails when another process was quicker.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    _settle(path.parent)
    return path.read_bytes()


def new_pem() -> bytes:
    """A fresh P-256 private key as PKCS #8."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half of a key: 65 bytes, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def thumbprint(point: bytes) -> str:
    """RFC 7638 thumbprint of a P-256 point (65 bytes), base64url without padding."""
    jwk = {
        "crv": "P-256",
        "kty": "EC",
        "x": base64url.encode(point[1:33]),
        "y": base64url.encode(point[33:]),
    }
    canonical = json.dumps(jwk, sort_keys=True, separators=(",", ":"))
    return base64url.encode(hashlib.sha256(canonical.encode()).digest())


def rotate(folder: Path, name: str) -> Path:
    """Add a key to a series (`agency` or `receipts`), from now on the one in use; its file."""
    open_keyring(folder)
    newest = _numbered(folder, name)[-1]
    path = folder / f"{name}-{_number(newest) + 1}.pem"
    load_or_create(path, new_pem)
    return path


def retire(folder: Path, name: str) -> list[Path]:
    """Put all but the key in use of a series aside, into `retired`; their files there."""
    aside = folder / "retired"
    aside.mkdir(mode=0o700, exist_ok=True)
    moved = [path.rename(aside / path.name) for path in _numbered(folder, name)[:-1]]
    _settle(aside)
    _settle(folder)
    return moved


def _series(folder: Path, name: str) -> tuple[SigningKey, ...]:
    if not _numbered(folder, name):
        load_or_create(folder / f"{name}-1.pem", new_pem)
    return tuple(_signing_key(path.read_bytes()) for path in _numbered(folder, name))


def _numbered(folder: Path, name: str) -> list[Path]:
    """The files of a series, the oldest first."""
    return sorted(folder.glob(f"{name}-*.pem"), key=_number)


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def _signing_key(pem: bytes) -> SigningKey:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ValueError("a key file holds something other than a P-256 private key")
    return SigningKey(thumbprint(point_of(key)), key)


def _settle(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
