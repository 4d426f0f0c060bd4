"""WebAuthn: what a browser is asked, and what it answered, verified.

The sole importer of `webauthn`. Registration goes by an enrolment link, login by a discoverable
credential, so nobody types a name. The person must be verified by their device each time. A
challenge is used once. The secret that the PRF extension gives opens the phone's store and must
never leave it: a body that holds one is refused unread (`secret-in-body`).
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from .. import base64url, events
from ..database import transaction
from ..errors import Problem
from ..settings import Settings
from . import enrolments, logins
from .backend import roles_of
from .models import Challenge, Passkey, Person
from .permissions import main_role

CHALLENGE_LIFE = timedelta(minutes=10)
REGISTRATION, LOGIN = "registration", "login"


def refuse_secrets(body: Any) -> None:
    """Raises `secret-in-body` when a PRF result lies anywhere in a decoded body."""
    waiting = [body]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            prf = value.get("prf")
            if isinstance(prf, Mapping) and prf.get("results"):
                raise Problem("secret-in-body")
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


async def registration_options(
    settings: Settings, token: str, now: datetime
) -> tuple[Person, dict[str, Any]]:
    """Whom the link is for, and the options for `navigator.credentials.create`."""
    person = await enrolments.person_of(token, now)
    return person, await options_for(settings, person, now)


async def options_for(settings: Settings, person: Person, now: datetime) -> dict[str, Any]:
    """The options for `navigator.credentials.create`; keys the person has are left out."""
    known = await Passkey.filter(person_id=person.id, revoked_at=None)
    options = generate_registration_options(
        rp_id=settings.site,
        rp_name="Hoso",
        user_id=person.id.bytes,
        user_name=person.account,
        user_display_name=person.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url.decode(k.id)) for k in known
        ],
    )
    await _remember(options.challenge, REGISTRATION, person, now)
    document: dict[str, Any] = json.loads(options_to_json(options))
    document["extensions"] = {"prf": {}}
    return document


async def register(
    settings: Settings, token: str, credential: dict[str, Any], name: str, now: datetime
) -> Person:
    """Keep the new passkey and use the link up. Raises `passkey-refused`, `enrolment-invalid`."""
    refuse_secrets(credential)
    person = await enrolments.person_of(token, now)
    await add(settings, person, credential, name, now, token)
    return person


async def add(
    settings: Settings,
    person: Person,
    credential: dict[str, Any],
    name: str,
    now: datetime,
    token: str = "",
) -> Passkey:
    """Keep a person's new passkey; a link's token is used up in the same transaction.

    Raises `passkey-refused`, `enrolment-invalid`, `secret-in-body`.
    """
    refuse_secrets(credential)
    challenge = await _redeem(credential, REGISTRATION, person, now)
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=settings.site,
            expected_origin=settings.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Problem("passkey-refused") from None
    identifier = base64url.encode(verified.credential_id)
    if await Passkey.exists(id=identifier):
        raise Problem("passkey-refused")
    async with transaction() as connection:
        if token:
            await enrolments.use(connection, token, now)
        passkey = await Passkey.create(
            id=identifier,
            person=person,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            is_backed_up=verified.credential_backed_up,
            name=name[:100],
            created_at=now,
            using_db=connection,
        )
        role = main_role(await roles_of(person))
        actor = events.Actor(role, person.name, person.id)
        data = {"person": str(person.id)}
        await events.append(connection, "passkey.added", actor, now, data=data)
    return passkey


async def login_options(settings: Settings, now: datetime) -> dict[str, Any]:
    """The options for `navigator.credentials.get`; no list of credentials, so no name is needed."""
    options = generate_authentication_options(
        rp_id=settings.site, user_verification=UserVerificationRequirement.REQUIRED
    )
    await _remember(options.challenge, LOGIN, None, now)
    document: dict[str, Any] = json.loads(options_to_json(options))
    return document


async def log_in(settings: Settings, credential: dict[str, Any], now: datetime) -> Person:
    """The person whose passkey answered. Raises `passkey-refused`."""
    refuse_secrets(credential)
    challenge = await _redeem(credential, LOGIN, None, now)
    known = await Passkey.get_or_none(
        id=str(credential.get("id", "")), revoked_at=None
    ).prefetch_related("person")
    if known is None or not known.person.is_active:
        raise Problem("passkey-refused")
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=settings.site,
            expected_origin=settings.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Problem("passkey-refused") from None
    # The counter moves by compare-and-set: of two answers with one count only one gets in.
    moved = await Passkey.filter(id=known.id, sign_count=known.sign_count, revoked_at=None).update(
        sign_count=verified.new_sign_count,
        is_backed_up=verified.credential_backed_up,
        used_at=now,
    )
    if not moved:
        raise Problem("passkey-refused")
    person: Person = known.person
    return person


async def of_person(person_id: uuid.UUID) -> list[Passkey]:
    """A person's passkeys that still open something, the newest first."""
    return await Passkey.filter(person_id=person_id, revoked_at=None).order_by("-created_at")


async def rename(person_id: uuid.UUID, identifier: str, name: str) -> None:
    """Call a passkey something its person knows it by. Raises `passkey-unknown`."""
    mine = Passkey.filter(id=identifier, person_id=person_id, revoked_at=None)
    if not await mine.update(name=" ".join(name.split())[:100]):
        raise Problem("passkey-unknown")


async def revoke(
    person_id: uuid.UUID, identifier: str, actor: events.Actor, now: datetime, keep: str = ""
) -> None:
    """Let a passkey open nothing any more, and end the person's logins but the one of `keep`.

    Which login came from which key is not kept, so all other browsers sign in again. Raises
    `passkey-unknown`.
    """
    async with transaction() as connection:
        mine = Passkey.filter(id=identifier, person_id=person_id, revoked_at=None)
        if not await mine.using_db(connection).update(revoked_at=now):
            raise Problem("passkey-unknown")
        await logins.end_all(connection, person_id, now, keep)
        data = {"person": str(person_id)}
        await events.append(connection, "passkey.revoked", actor, now, data=data)


async def _remember(challenge: bytes, purpose: str, person: Person | None, now: datetime) -> None:
    await Challenge.filter(expires_at__lte=now).delete()
    await Challenge.create(
        id=hashlib.sha256(challenge).hexdigest(),
        purpose=purpose,
        person_id=person.id if person else None,
        expires_at=now + CHALLENGE_LIFE,
    )


async def _redeem(
    credential: dict[str, Any], purpose: str, person: Person | None, now: datetime
) -> bytes:
    """The challenge that was answered, which nobody can answer again."""
    try:
        client_data = parse_client_data_json(
            base64url.decode(credential["response"]["clientDataJSON"])
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError):
        raise Problem("passkey-refused") from None
    redeemed = await Challenge.filter(
        id=hashlib.sha256(client_data.challenge).hexdigest(),
        purpose=purpose,
        person_id=person.id if person else None,
        expires_at__gt=now,
    ).delete()
    if not redeemed:
        raise Problem("passkey-refused")
    return client_data.challenge
