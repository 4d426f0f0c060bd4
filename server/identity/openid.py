"""Signing in by an OpenID Connect provider (VNeID-class): authorization code flow with PKCE.

The provider says who somebody is, never what they may do: in comes only a person who has an account
and whose claim (HOSO_OIDC_CLAIM) was bound to it before, through an enrolment link or by an
administrator. State, nonce and PKCE verifier are derived from one random secret that lies in a
cookie of the browser that began, so an answer is taken in that browser alone; a row in the table
of challenges makes it good once. Of the claim only a keyed digest is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.datastructures import QueryParams

from .. import base64url, events
from ..database import transaction
from ..errors import Problem
from ..services import Services
from . import enrolments
from .models import Challenge, OpenidIdentity, Person
from .openid_provider import OpenidProvider, OpenidRefused

log = logging.getLogger("hoso")
LIFE = timedelta(minutes=10)
PURPOSE = "openid"
LONGEST = 255  # characters of a claim's value
# Where a sign-in leads, and the page that tells why one did not.
SCREENS = {"app": "/sign-in?back", "desk": "/desk/dossiers"}
ENTRANCES = {"app": "/sign-in", "desk": "/desk/sign-in"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in under way, as its cookie holds it. `enrolment`: token of a link to use up."""

    secret: str
    screen: str
    enrolment: str = ""

    @property
    def cookie(self) -> str:
        """The text of the cookie; none of its parts holds a dot."""
        return f"{self.secret}.{self.screen}.{self.enrolment}"

    def derived(self, purpose: str) -> str:
        """The state, nonce or verifier: 43 characters that tell nothing of the others."""
        return base64url.encode(hmac.digest(self.secret.encode(), purpose.encode(), "sha256"))


def attempt_from(cookie: str) -> Attempt:
    """The attempt of a cookie. Raises `openid-refused`."""
    parts = cookie.split(".")
    if len(parts) != 3 or len(parts[0]) != 43 or parts[1] not in SCREENS:
        raise Problem("openid-refused")
    return Attempt(*parts)


async def begin(
    provider: OpenidProvider, screen: str, enrolment: str, now: datetime
) -> tuple[str, Attempt]:
    """The provider's address for the browser, and the attempt for its cookie.

    Raises `openid-unreachable`, `openid-refused`, `enrolment-invalid`.
    """
    if enrolment:
        await enrolments.person_of(enrolment, now)
    attempt = Attempt(secrets.token_urlsafe(32), screen, enrolment)
    challenge = base64url.encode(hashlib.sha256(attempt.derived("verifier").encode()).digest())
    state, nonce = attempt.derived("state"), attempt.derived("nonce")
    try:
        url = await provider.sign_in_address(state, nonce, challenge, now)
    except OpenidRefused as refused:
        raise _told(refused) from None
    await Challenge.filter(expires_at__lte=now).delete()
    await Challenge.create(id=_digest(state), purpose=PURPOSE, expires_at=now + LIFE)
    return url, attempt


async def finish(
    services: Services, provider: OpenidProvider, attempt: Attempt, answer: QueryParams
) -> Person:
    """The person whom the provider's answer names; binds them when the attempt carries a link.

    Raises `openid-refused`, `openid-unreachable`, `openid-unknown`, `openid-taken`,
    `enrolment-invalid`.
    """
    now = services.clock.now()
    try:
        await _redeem(attempt, answer.get("state", ""), now)
        known = await provider.description(now)
        named = answer.get("iss")
        # RFC 9207: an answer of another provider is not taken to this one.
        if (named or known.names_itself) and named != provider.issuer:
            raise OpenidRefused("answer: of another issuer")
        if "error" in answer or not answer.get("code"):
            raise OpenidRefused(f"answer: {answer.get('error', 'no code')[:40]!r}")
        claims = await provider.claims(
            answer["code"], attempt.derived("verifier"), attempt.derived("nonce"), now
        )
        digest = digest_of(services, claim_in(claims, services.settings.oidc_claim))
    except OpenidRefused as refused:
        raise _told(refused) from None
    if attempt.enrolment:
        person = await enrolments.person_of(attempt.enrolment, now)
        await bind(person, digest, now, enrolment=attempt.enrolment)
        return person
    found = await OpenidIdentity.get_or_none(digest=digest).prefetch_related("person")
    if found is None or not found.person.is_active:
        raise Problem("openid-unknown")
    return found.person


async def bind(
    person: Person,
    digest: str,
    now: datetime,
    *,
    enrolment: str = "",
    actor: events.Actor = events.SYSTEM,
) -> None:
    """Bind a claim to a person; a link is used up in the same transaction. Twice is once.

    Raises `openid-taken` when it is bound to somebody else, `enrolment-invalid`.
    """
    async with transaction() as connection:
        if enrolment:
            await enrolments.use(connection, enrolment, now)
        new = OpenidIdentity(digest=digest, person_id=person.id, created_at=now)
        await OpenidIdentity.bulk_create([new], ignore_conflicts=True, using_db=connection)
        mine = OpenidIdentity.filter(digest=digest, person_id=person.id).using_db(connection)
        if not await mine.exists():
            raise Problem("openid-taken")
        data = {"person": str(person.id)}
        await events.append(connection, "openid.bound", actor, now, data=data)


async def unbind(person_id: uuid.UUID, now: datetime, actor: events.Actor = events.SYSTEM) -> int:
    """Take all claims from a person; how many there were. Their logins stand as they are."""
    async with transaction() as connection:
        bound = OpenidIdentity.filter(person_id=person_id).using_db(connection)
        number: int = await bound.delete()
        if number:
            data = {"person": str(person_id)}
            await events.append(connection, "openid.unbound", actor, now, data=data)
    return number


def claim_in(claims: dict[str, Any], name: str) -> str:
    """The claim people are known by. Raises `OpenidRefused` when it is missing or unverified."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST:
        raise OpenidRefused(f"identity token: no claim {name}")
    if name in ("email", "phone_number") and claims.get(f"{name}_verified") is not True:
        raise OpenidRefused(f"identity token: {name} is not verified")
    return value


def digest_of(services: Services, value: str) -> str:
    """What the table keeps of a claim's value: keyed, since such values can be guessed."""
    settings = services.settings
    text = "\0".join(("hoso/openid/v1", settings.oidc_issuer, settings.oidc_claim, value))
    return hmac.digest(services.keyring.secret, text.encode(), "sha256").hex()


async def _redeem(attempt: Attempt, state: str, now: datetime) -> None:
    expected = attempt.derived("state")
    if not hmac.compare_digest(state.encode(), expected.encode()):
        raise OpenidRefused("answer: wrong state")
    once = Challenge.filter(id=_digest(expected), purpose=PURPOSE, expires_at__gt=now)
    if not await once.delete():
        raise OpenidRefused("answer: late, or given before")


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _told(refused: OpenidRefused) -> Problem:
    log.warning("a sign-in by OpenID Connect was refused: %s", refused)
    return Problem("openid-refused")
