"""Enrolment links: an administrator makes one, the person opens it once and adds a passkey.

The link carries 32 random bytes of which the table keeps only the SHA-256.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient

from .. import events
from ..database import transaction
from ..errors import Problem
from .models import Enrolment, Person

LIFE = timedelta(days=7)


def digest_of(token: str) -> str:
    """What the table keeps of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def create(person: Person, now: datetime, actor: events.Actor = events.SYSTEM) -> str:
    """A new link's token; links not used before stay good until they expire."""
    token = secrets.token_urlsafe(32)
    async with transaction() as connection:
        await Enrolment.create(
            token_digest=digest_of(token),
            person=person,
            expires_at=now + LIFE,
            using_db=connection,
        )
        data = {"person": str(person.id)}
        await events.append(connection, "enrolment.created", actor, now, data=data)
    return token


async def person_of(token: str, now: datetime) -> Person:
    """Whom the link is for. Raises `enrolment-invalid` when it is used, expired or unknown."""
    found = await Enrolment.get_or_none(
        token_digest=digest_of(token), used_at=None, expires_at__gt=now
    ).prefetch_related("person")
    if found is None or not found.person.is_active:
        raise Problem("enrolment-invalid")
    person: Person = found.person
    return person


async def use(connection: BaseDBAsyncClient, token: str, now: datetime) -> None:
    """Use the link up in the caller's transaction. Raises `enrolment-invalid` the second time."""
    used = (
        await Enrolment.filter(token_digest=digest_of(token), used_at=None, expires_at__gt=now)
        .using_db(connection)
        .update(used_at=now)
    )
    if not used:
        raise Problem("enrolment-invalid")
