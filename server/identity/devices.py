"""Devices: the signing key of one store on one phone, who it belongs to, and proof of holding it.

A device registers by the first mutation it signs, with no person: a citizen's own phone. Signed in,
a person enrols it as theirs. Reading by a device asks for a fresh signature over a nonce of ours;
the nonce carries its own time and a keyed digest, so the server remembers none.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import uuid
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from tortoise.backends.base.client import BaseDBAsyncClient

from .. import base64url, events
from ..database import transaction
from ..errors import Problem
from .models import Device, Login, Person

NONCE_LIFE = timedelta(days=30)
POINT_LENGTH = 65
SIGNATURE_LENGTH = 64
_PROOF = b"hoso/sync/v1\0"
_NONCE = b"hoso/nonce/v1\0"
_MOMENT = 5


def device_id(point: bytes) -> str:
    """The name of a device: base64url(SHA-256(point)) without padding, 43 characters."""
    return base64url.encode(hashlib.sha256(point).digest())


# One phone signs many mutations in a row.
@functools.lru_cache(maxsize=1_024)
def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """The key of a 65-byte uncompressed P-256 point. Raises `signature-invalid` for any other."""
    if len(point) != POINT_LENGTH:
        raise Problem("signature-invalid")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise Problem("signature-invalid") from None


def is_signed(point: bytes, signature: bytes, content: bytes) -> bool:
    """Whether `signature` (r‖s, 64 bytes) over `content` was made by the key of `point`."""
    if len(signature) != SIGNATURE_LENGTH:
        return False
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    try:
        public_key(point).verify(utils.encode_dss_signature(r, s), content, ec.ECDSA(SHA256()))
    except (InvalidSignature, Problem):
        return False
    return True


def nonce(secret: bytes, device: str, now: datetime) -> str:
    """What the device is to sign next; good for `NONCE_LIFE`."""
    moment = int(now.timestamp()).to_bytes(_MOMENT)
    return base64url.encode(moment + _stamp(secret, device, moment))


def is_fresh(secret: bytes, device: str, text: str, now: datetime) -> bool:
    """Whether `text` is a nonce given to this device not too long ago."""
    try:
        raw = base64url.decode(text)
    except ValueError:
        return False
    moment, stamp = raw[:_MOMENT], raw[_MOMENT:]
    if not hmac.compare_digest(stamp, _stamp(secret, device, moment)):
        return False
    age = now.timestamp() - int.from_bytes(moment)
    return -60 <= age <= NONCE_LIFE.total_seconds()


def check_proof(
    secret: bytes, point: bytes, given: str, proof: str, cursor: str, now: datetime
) -> bool:
    """Whether the holder of the key signed our nonce just for this cursor (contracts, 4)."""
    try:
        signature = base64url.decode(proof)
    except ValueError:
        return False
    content = _PROOF + given.encode() + b"\0" + cursor.encode()
    return is_fresh(secret, device_id(point), given, now) and is_signed(point, signature, content)


async def register(connection: BaseDBAsyncClient, point: bytes, now: datetime) -> Device:
    """The device of `point`; one that is new belongs to nobody yet. Safe to repeat."""
    public_key(point)
    name = device_id(point)
    await Device.bulk_create(
        [Device(id=name, point=point, registered_at=now)],
        ignore_conflicts=True,
        using_db=connection,
    )
    return await Device.get(id=name, using_db=connection)


async def enrol(
    person: Person, role: str, point: bytes, now: datetime, name: str = "", *, is_proven: bool
) -> Device:
    """Make the device this person's. Theirs already: nothing changes. Another's: `not-allowed`.

    A key that has sent something before is given away only to who proves to hold it; a fresh one
    needs no proof, because its phone has no nonce yet and nothing hangs on it.
    """
    async with transaction() as connection:
        is_known = await Device.exists(id=device_id(point), using_db=connection)
        device = await register(connection, point, now)
        if is_known and device.person_id is None and not is_proven:
            raise Problem("signature-invalid")
        if device.revoked_at is not None or device.person_id not in (None, person.id):
            raise Problem("not-allowed")
        if device.person_id == person.id:
            return device
        won = (
            await Device.filter(id=device.id, person_id=None)
            .using_db(connection)
            .update(person_id=person.id, name=name)
        )
        if not won:
            raise Problem("not-allowed")
        await events.append(
            connection,
            "device.enrolled",
            events.Actor(role, person.name, person.id, device.id),
            now,
        )
        device.person_id, device.name = person.id, name
        return device


async def revoke(device: str, actor: events.Actor, now: datetime) -> None:
    """Trust this device no more: what it sends from now on is held for a person to decide."""
    async with transaction() as connection:
        changed = (
            await Device.filter(id=device, revoked_at=None)
            .using_db(connection)
            .update(revoked_at=now)
        )
        if changed:
            # The phone is gone or stolen: what was signed in on it reads nothing from now on.
            on_it = Login.filter(device_id=device, revoked_at=None).using_db(connection)
            await on_it.update(revoked_at=now)
            await events.append(connection, "device.revoked", actor, now, data={"device": device})


async def attach(login: Login, device: str) -> None:
    """Note on which device a login is used, so that revoking the device ends it."""
    if login.device_id != device:
        await Login.filter(token_digest=login.token_digest).update(device_id=device)


async def of_person(person_id: uuid.UUID) -> list[Device]:
    """The devices a person enrolled, the newest first."""
    return await Device.filter(person_id=person_id).order_by("-registered_at")


def _stamp(secret: bytes, device: str, moment: bytes) -> bytes:
    # Half of it is as hard to guess, and the nonce goes over the wire with each exchange, twice.
    return hmac.digest(secret, _NONCE + device.encode() + b"\0" + moment, "sha256")[:16]
