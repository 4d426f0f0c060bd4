"""One-time codes: issued, checked, limited.

Six digits, ten minutes, five attempts, one use; only the newest counts. The table keeps a keyed
digest, so whoever reads it cannot try the million codes. Right, wrong and unknown take the same way
through the code, and every refusal is the same problem.
"""

from __future__ import annotations

import hmac
import secrets
import uuid
from datetime import datetime, timedelta

from tortoise.expressions import F

from .. import events
from ..database import transaction
from ..errors import Problem
from .models import OneTimeCode, Person

DIGITS = 6
LIFE = timedelta(minutes=10)
MAX_ATTEMPTS = 5
MINUTES = int(LIFE.total_seconds() // 60)


def digest_of(secret: bytes, code_id: uuid.UUID, code: str) -> str:
    """What the table keeps of a code."""
    return hmac.digest(secret, b"hoso/code/v1\0" + code_id.bytes + code.encode(), "sha256").hex()


async def issue(
    secret: bytes, person: Person, now: datetime, actor: events.Actor | None = None
) -> str:
    """A fresh code for a person; those before it count no more.

    `actor` made it for them to tell it in person, which the log keeps.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    identifier = uuid.uuid4()
    async with transaction() as connection:
        await (
            OneTimeCode.filter(person_id=person.id, used_at=None)
            .using_db(connection)
            .update(used_at=now)
        )
        await OneTimeCode.create(
            id=identifier,
            person_id=person.id,
            digest=digest_of(secret, identifier, code),
            expires_at=now + LIFE,
            using_db=connection,
        )
        if actor is not None:
            data = {"person": str(person.id)}
            await events.append(connection, "code.issued", actor, now, data=data)
    return code


async def check(secret: bytes, account: str, code: str, now: datetime) -> Person:
    """The person whose valid code this is; the code is used up. Raises `sign-in-refused`."""
    found = (
        await OneTimeCode.filter(
            person__account=account, person__is_active=True, used_at=None, expires_at__gt=now
        )
        .order_by("-expires_at")
        .select_related("person")
        .first()
    )
    identifier = found.id if found else uuid.UUID(int=0)
    # Counting first, in one statement: of many guesses at the same moment five are looked at.
    counted = await OneTimeCode.filter(
        id=identifier, used_at=None, attempts__lt=MAX_ATTEMPTS
    ).update(attempts=F("attempts") + 1)
    clean = "".join(code.split())
    matches = hmac.compare_digest(
        digest_of(secret, identifier, clean), found.digest if found else "0" * 64
    )
    if found is None or not counted or not matches:
        raise Problem("sign-in-refused")
    used = await OneTimeCode.filter(id=identifier, used_at=None).update(used_at=now)
    if not used:
        raise Problem("sign-in-refused")
    person: Person = found.person
    return person
