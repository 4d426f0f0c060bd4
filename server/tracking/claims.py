"""Claiming: a dossier filed on one phone is followed and answered on another.

Who asks names the dossier's code and the applicant's phone number, and a one-time code goes to that
number; or a clerk who has the applicant before them makes the code. The code and a proof of the
phone's key open the dossier on that phone, without account or password. Six digits, five attempts,
one use; whether a dossier or a number exists is never told.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import uuid
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import F

from .. import events
from ..database import transaction
from ..dossiers.models import Dossier
from ..errors import Problem
from ..events import Actor
from ..identity import devices
from ..identity.senders import CodeMessage, Sender, SendFailed
from .models import Claim, ClaimCode

log = logging.getLogger("hoso")

DIGITS = 6
MAX_ATTEMPTS = 5
# Time for an SMS in a valley where messages come when the signal does.
LIFE = timedelta(minutes=30)
MINUTES = int(LIFE.total_seconds() // 60)


async def send(secret: bytes, sender: Sender, code: str, phone: str, now: datetime) -> None:
    """Send a claim code when the dossier of `code` gives this phone number; else do nothing.

    Run after the answer has left, so that neither it nor its time tells anything.
    """
    for dossier in await Dossier.filter(code=code):
        if digits(phone) and digits(dossier.applicant_phone) == digits(phone):
            made = await issue(secret, dossier, events.SYSTEM, now)
            message = CodeMessage(
                dossier.code, dossier.applicant_name, digits(phone), made, MINUTES, "claim"
            )
            try:
                await sender.send(message)
            except SendFailed as failure:
                log.warning("a claim code was not sent: %s", failure)


def digits(phone: str) -> str:
    """A Vietnamese phone number as it is dialled inside the country; empty for what is none."""
    plain = "".join(letter for letter in phone if letter.isascii() and letter.isdigit())
    if plain.startswith("84") and len(plain) == 11:
        plain = f"0{plain[2:]}"
    return plain if 9 <= len(plain) <= 11 else ""


async def issue(secret: bytes, dossier: Dossier, actor: Actor, now: datetime) -> str:
    """A fresh code that opens the dossier on one phone; those before it count no more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    identifier = uuid.uuid4()
    async with transaction() as connection:
        before = ClaimCode.filter(dossier_id=dossier.id, used_at=None).using_db(connection)
        await before.update(used_at=now)
        await ClaimCode.create(
            id=identifier,
            dossier_id=dossier.id,
            digest=_digest(secret, identifier, code),
            expires_at=now + LIFE,
            using_db=connection,
        )
        await _tell(connection, "dossier.claim_offered", dossier, actor, now)
    return code


async def redeem(secret: bytes, code: str, given: str, point: bytes, now: datetime) -> Dossier:
    """Open the dossier of `code` on the phone of `point`, which has proved to hold its key.

    Raises `claim-refused` for a wrong, used or old code, and for an unknown dossier alike.
    """
    found = await _newest(code, now)
    identifier = found.id if found else uuid.UUID(int=0)
    # Counting first, in one statement: of many guesses at the same moment five are looked at.
    counted = await ClaimCode.filter(id=identifier, used_at=None, attempts__lt=MAX_ATTEMPTS).update(
        attempts=F("attempts") + 1
    )
    expected = found.digest if found else "0" * 64
    matches = hmac.compare_digest(_digest(secret, identifier, "".join(given.split())), expected)
    if found is None or not counted or not matches:
        raise Problem("claim-refused")
    async with transaction() as connection:
        fresh = ClaimCode.filter(id=identifier, used_at=None).using_db(connection)
        if not await fresh.update(used_at=now):
            raise Problem("claim-refused")
        dossier = await Dossier.get(id=found.dossier_id, using_db=connection)
        device = await devices.register(connection, point, now)
        if device.revoked_at is not None:
            raise Problem("not-allowed")
        await open_on(connection, device.id, dossier.id, now)
        actor = Actor("citizen", device_id=device.id)
        await _tell(connection, "dossier.claimed", dossier, actor, now)
    return dossier


async def open_on(
    connection: BaseDBAsyncClient, device_id: str, dossier_id: uuid.UUID, now: datetime
) -> None:
    """Let a phone follow a dossier and answer for it; twice is once."""
    mine = Claim(id=uuid.uuid4(), dossier_id=dossier_id, device_id=device_id, claimed_at=now)
    await Claim.bulk_create([mine], ignore_conflicts=True, using_db=connection)


async def claimed_by(device_id: str) -> list[uuid.UUID]:
    """The dossiers that were opened on a phone."""
    found = Claim.filter(device_id=device_id).order_by("claimed_at", "id")
    return [one.dossier_id for one in await found]


async def holds(connection: BaseDBAsyncClient, device_id: str, dossier_id: uuid.UUID) -> bool:
    """Whether a dossier was opened on a phone, which may then answer for it, too."""
    return await Claim.exists(device_id=device_id, dossier_id=dossier_id, using_db=connection)


async def _newest(code: str, now: datetime) -> ClaimCode | None:
    ids = await Dossier.filter(code=code).values_list("id", flat=True)
    good = ClaimCode.filter(dossier_id__in=list(ids), used_at=None, expires_at__gt=now)
    return await good.order_by("-expires_at").first() if ids else None


async def _tell(
    connection: BaseDBAsyncClient, name: str, dossier: Dossier, actor: Actor, now: datetime
) -> None:
    await events.append(
        connection,
        name,
        actor,
        now,
        dossier_id=dossier.id,
        commune_code=dossier.commune_code,
    )


def _digest(secret: bytes, code_id: uuid.UUID, code: str) -> str:
    return hmac.digest(secret, b"hoso/claim/v1\0" + code_id.bytes + code.encode(), "sha256").hex()
