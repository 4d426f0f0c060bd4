"""The login cookie: issued, read, revoked, rotated.

The cookie is 32 random bytes; the table knows only their SHA-256, so a stolen table opens nothing.
Desk logins end after half a working day without use; those of people in the field last, because a
phone that was offline for two weeks should still show its dossiers.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import HTTPConnection
from starlette.responses import Response
from tortoise.backends.base.client import BaseDBAsyncClient

from ..settings import Settings
from .cookies import Cookie
from .models import Login, Person
from .permissions import DESK_ROLES, Role

COOKIE = Cookie("hoso")
# `seen_at` is written at most this often, so that reading costs no write.
SEEN_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a login lasts without use, and at most."""

    idle: timedelta
    absolute: timedelta


DESK = Limits(timedelta(hours=8), timedelta(days=7))
FIELD = Limits(timedelta(days=30), timedelta(days=180))


def limits_for(roles: Iterable[Role]) -> Limits:
    """The limits that fit a person with these roles: the strictest."""
    return DESK if any(held.role in DESK_ROLES for held in roles) else FIELD


def digest_of(token: str) -> str:
    """What the table keeps of a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


async def issue(person: Person, roles: Iterable[Role], way: str, agent: str, now: datetime) -> str:
    """A new login; the text for the cookie. `way`: how they proved themselves (code, passkey)."""
    token = secrets.token_urlsafe(32)
    await Login.create(
        token_digest=digest_of(token),
        person=person,
        way=way,
        agent=agent[:200],
        created_at=now,
        seen_at=now,
        expires_at=now + limits_for(roles).absolute,
    )
    return token


async def read(token: str, now: datetime) -> Login | None:
    """The login of a cookie, with its person, when it is neither ended nor too old."""
    login = await Login.get_or_none(token_digest=digest_of(token)).prefetch_related("person")
    if login is None or login.revoked_at is not None or login.expires_at <= now:
        return None
    return login if login.person.is_active else None


def is_over(login: Login, roles: Iterable[Role], now: datetime) -> bool:
    """Whether it was left alone for too long, or is too old for the roles held by now.

    Roles may have changed since it was issued: an officer who becomes a clerk signs in again.
    """
    limits = limits_for(roles)
    return now - login.seen_at > limits.idle or now - login.created_at > limits.absolute


async def mark_seen(login: Login, now: datetime) -> None:
    """Note that it is in use, now and then."""
    if now - login.seen_at >= SEEN_STEP:
        await Login.filter(token_digest=login.token_digest).update(seen_at=now)


async def revoke(token: str, now: datetime) -> None:
    """End a login. One that ended before stays as it is."""
    await Login.filter(token_digest=digest_of(token), revoked_at=None).update(revoked_at=now)


def name_of(login: Login) -> str:
    """What a login is called in lists and addresses; gives away neither cookie nor digest."""
    return hashlib.sha256(b"hoso/login/v1\0" + login.token_digest.encode()).hexdigest()[:24]


async def of_person(person_id: uuid.UUID, now: datetime) -> list[Login]:
    """The logins of a person that have not ended, the last used first."""
    standing = Login.filter(person_id=person_id, revoked_at=None, expires_at__gt=now)
    return await standing.order_by("-seen_at")


async def end_one(person_id: uuid.UUID, name: str, now: datetime) -> bool:
    """End the login of this person that goes by `name`; whether there was one."""
    for login in await of_person(person_id, now):
        if name_of(login) == name:
            await Login.filter(token_digest=login.token_digest).update(revoked_at=now)
            return True
    return False


async def end_all(
    connection: BaseDBAsyncClient, person_id: uuid.UUID, now: datetime, keep: str = ""
) -> None:
    """End a person's logins in the caller's transaction, all but the one of the digest `keep`."""
    standing = Login.filter(person_id=person_id, revoked_at=None).using_db(connection)
    await standing.exclude(token_digest=keep).update(revoked_at=now)


async def rotate(
    old: str | None, person: Person, roles: Iterable[Role], way: str, agent: str, now: datetime
) -> str:
    """End the login this browser had, whoever's it was, and issue a new one."""
    if old:
        await revoke(old, now)
    return await issue(person, roles, way, agent, now)


def cookie_name(settings: Settings) -> str:
    """What the login's cookie is called here."""
    return COOKIE.name_in(settings)


def token_of(request: HTTPConnection, settings: Settings) -> str | None:
    """The cookie a browser sent."""
    return COOKIE.of(request, settings)


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Hand the browser its login."""
    COOKIE.hand(response, settings, token, FIELD.absolute)


def clear_cookie(response: Response, settings: Settings) -> None:
    """Take the login away from the browser."""
    COOKIE.take_back(response, settings)
