"""Signing in and out: what the app's routes and the desk's pages both do."""

from __future__ import annotations

import logging

from starlette.requests import Request

from .. import events
from ..database import transaction
from ..errors import Problem
from ..services import Services, services_of
from . import codes, logins, passkeys
from .attempts import count_request, even_refusals
from .backend import roles_of
from .models import Person
from .permissions import DESK_ROLES, main_role
from .senders import CodeMessage, Sender, SendFailed

log = logging.getLogger("hoso")


async def send_code(services: Services, sender: Sender, account: str) -> None:
    """Issue and send a code when the account is known; say nothing about whether it is.

    Run after the answer has left, so that its time tells nothing either.
    """
    person = await Person.get_or_none(account=account, is_active=True)
    if person is None:
        return
    code = await codes.issue(services.keyring.secret, person, services.clock.now())
    try:
        message = CodeMessage(
            account, person.name, person.phone, code, codes.MINUTES, email=person.email
        )
        await sender.send(message)
    except SendFailed as failure:
        log.warning("a sign-in code was not sent: %s", failure)


async def ask_code(request: Request, account: str) -> None:
    """Count one request for a code. Raises `too-many-attempts`."""
    await count_request(request, "code-asked", account)


async def sign_in_with_code(request: Request, account: str, code: str) -> tuple[Person, str]:
    """The person and their new login's cookie.

    Raises `sign-in-refused`, `too-many-attempts`, and `passkey-required` to who works at the desk
    where codes alone do not open it (HOSO_DESK_CODES).
    """
    services = services_of(request)
    account = account.strip().lower()
    await count_request(request, "code-tried", account)
    async with even_refusals():
        person = await codes.check(services.keyring.secret, account, code, services.clock.now())
    if not services.settings.desk_codes:
        roles = await roles_of(person)
        if any(held.role in DESK_ROLES for held in roles):
            raise Problem("passkey-required")
    return person, await _issue(request, person, "code")


async def sign_in_with_passkey(
    request: Request, credential: dict[str, object]
) -> tuple[Person, str]:
    """The person and their new login's cookie. Raises `passkey-refused`, `secret-in-body`."""
    services = services_of(request)
    person = await passkeys.log_in(services.settings, credential, services.clock.now())
    return person, await _issue(request, person, "passkey")


async def sign_in_with_openid(request: Request, person: Person) -> str:
    """The cookie of a new login for whom the provider named. Raises `sign-in-refused`."""
    return await _issue(request, person, "openid")


async def enrol_passkey(
    request: Request, token: str, credential: dict[str, object], name: str
) -> tuple[Person, str]:
    """The person with their first login. Raises `enrolment-invalid`, `passkey-refused`."""
    services = services_of(request)
    now = services.clock.now()
    person = await passkeys.register(services.settings, token, credential, name, now)
    return person, await _issue(request, person, "passkey")


async def count_challenge(request: Request) -> None:
    """Count one challenge asked for. Raises `too-many-attempts`."""
    await count_request(request, "passkey")


async def sign_out(request: Request) -> None:
    """End the login of this browser, if it has one."""
    services = services_of(request)
    token, now = logins.token_of(request, services.settings), services.clock.now()
    login = await logins.read(token, now) if token else None
    if token is None or login is None:
        return
    await logins.revoke(token, now)
    await _log(services, "person.signed_out", login.person, {"way": login.way})


async def _issue(request: Request, person: Person, way: str) -> str:
    services = services_of(request)
    if not person.is_active:
        raise Problem("sign-in-refused")
    token = await logins.rotate(
        logins.token_of(request, services.settings),
        person,
        await roles_of(person),
        way,
        request.headers.get("user-agent", ""),
        services.clock.now(),
    )
    await _log(services, "person.signed_in", person, {"way": way})
    return token


async def _log(services: Services, name: str, person: Person, data: dict[str, str]) -> None:
    role = main_role(await roles_of(person))
    actor = events.Actor(role, person.name, person.id)
    async with transaction() as connection:
        await events.append(connection, name, actor, services.clock.now(), data=data)
