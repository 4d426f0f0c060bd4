"""One person: roles, passkeys, phones and browsers, each with the button that takes it away.

`/desk/me` shows the same of oneself, without roles and without closing the account.
"""

from __future__ import annotations

from typing import Any

import segno
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..clock import local
from ..errors import Problem
from ..events import Actor
from ..identity import codes, devices, enrolments, logins, passkeys, people
from ..identity.backend import Visitor, signed_in
from ..identity.fresh import demand_fresh
from ..identity.models import Person
from ..identity.permissions import ROLES, Role
from ..services import services_of
from .inputs import posted, text
from .people import Charge, charge_of, communes_of, person_in, role_from, told
from .rendering import language_of, page, role_words
from .wording import moment

ONE, MINE = "/desk/people/{person}", "/desk/me"


async def show(request: Request, *, shown: dict[str, str] | None = None) -> Response:
    """One person of the visitor's charge; `shown` holds a link or a code that was just made."""
    charge = await charge_of(request)
    person, roles = await person_in(charge, request.path_params["person"])
    language = language_of(request)
    return await _page(
        request,
        charge.visitor,
        person,
        f"/desk/people/{person.id}",
        shown,
        {
            "is_self": False,
            "held": [
                {"words": words, "role": role.role, "commune": role.commune}
                for role, words in zip(roles, await told(roles, language), strict=True)
            ],
            "roles": [(role, role_words(role, language)) for role in ROLES],
            "communes": await communes_of(charge),
        },
    )


async def show_mine(request: Request, *, shown: dict[str, str] | None = None) -> Response:
    """What the signed-in person signs in with, and where they are signed in."""
    visitor = await signed_in(request)
    held = [{"words": words} for words in await told(visitor.roles, language_of(request))]
    given = {"is_self": True, "held": held, "roles": [], "communes": []}
    return await _page(request, visitor, visitor.person, MINE, shown, given)


async def act(request: Request) -> Response:
    """Do one thing to a person of the visitor's charge."""
    charge = await charge_of(request)
    person, _ = await person_in(charge, request.path_params["person"])
    demand_fresh(request, charge.visitor)
    name, form = request.path_params["act"], await posted(request)
    actor = _administrator(charge)
    now = services_of(request).clock.now()
    if name == "appoint":
        role = role_from(text(form, "role"), text(form, "commune"))
        charge.demand([role])
        await people.add(person.account, person.name, [role], now, actor)
    elif name == "dismiss":
        role = Role(text(form, "role"), text(form, "commune"))
        charge.demand([role])
        await people.dismiss(person, role, actor, now)
    elif name == "close":
        await people.deactivate(person, actor, now)
    elif name == "reopen":
        await people.reactivate(person, actor, now)
    else:
        shown = await _take(request, name, form, person, actor, "")
        if shown:
            return await show(request, shown=shown)
    return RedirectResponse(f"/desk/people/{person.id}?done={name}", 303)


async def act_on_mine(request: Request) -> Response:
    """Do one thing to what is one's own."""
    visitor = await signed_in(request)
    demand_fresh(request, visitor)
    form, keep = await posted(request), visitor.login.token_digest
    name = request.path_params["act"]
    if name == "code":
        # A code for oneself would only lengthen a login that somebody else found open.
        raise Problem("not-found")
    actor = visitor.actor_of_self()
    shown = await _take(request, name, form, visitor.person, actor, keep)
    if shown:
        return await show_mine(request, shown=shown)
    return RedirectResponse(f"{MINE}?done={name}", 303)


async def _take(
    request: Request, name: str, form: FormData, person: Person, actor: Actor, keep: str
) -> dict[str, str]:
    """Keys, phones, browsers, links and codes; what was made is returned to be shown once."""
    services, chosen = services_of(request), text(form, "id", longest=1400)
    now = services.clock.now()
    if name == "revoke-passkey":
        await passkeys.revoke(person.id, chosen, actor, now, keep)
    elif name == "name-passkey":
        await passkeys.rename(person.id, chosen, text(form, "name", longest=100))
    elif name == "revoke-device":
        if chosen not in {one.id for one in await devices.of_person(person.id)}:
            raise Problem("device-unknown")
        await devices.revoke(chosen, actor, now)
    elif name == "end-login":
        if not await logins.end_one(person.id, chosen, now):
            raise Problem("login-unknown")
    elif name == "enrol":
        token = await enrolments.create(person, now, actor)
        link = f"{services.settings.origin}/enrol/{token}"
        qr = segno.make(link, error="m").svg_data_uri(scale=5, border=4, light="white")
        return {"link": link, "qr": qr, "until": moment(now + enrolments.LIFE), "code": ""}
    elif name == "code" and person.is_active:
        code = await codes.issue(services.keyring.secret, person, now, actor)
        until = f"{local(now + codes.LIFE):%H:%M}"
        return {"link": "", "qr": "", "until": until, "code": code}
    else:
        raise Problem("not-found")
    return {}


def _administrator(charge: Charge) -> Actor:
    person = charge.visitor.person
    return Actor("administrator", person.name, person.id)


async def _page(
    request: Request,
    visitor: Visitor,
    person: Person,
    url: str,
    shown: dict[str, str] | None,
    given: dict[str, Any],
) -> Response:
    now = services_of(request).clock.now()
    return page(
        request,
        "person.html",
        visitor,
        {
            "person": person,
            "url": url,
            "shown": shown or {},
            "passkeys": [
                {
                    "id": one.id,
                    "name": one.name,
                    "created": moment(one.created_at),
                    "used": moment(one.used_at) if one.used_at else "",
                    "is_backed_up": one.is_backed_up,
                }
                for one in await passkeys.of_person(person.id)
            ],
            "devices": [
                {
                    "id": one.id,
                    "name": one.name,
                    "since": moment(one.registered_at),
                    "revoked": moment(one.revoked_at) if one.revoked_at else "",
                }
                for one in await devices.of_person(person.id)
            ],
            "logins": [
                {
                    "id": logins.name_of(one),
                    "agent": one.agent,
                    "since": moment(one.created_at),
                    "seen": moment(one.seen_at),
                    "is_this": one.token_digest == visitor.login.token_digest,
                }
                for one in await logins.of_person(person.id, now)
            ],
            **given,
        },
    )


routes: list[BaseRoute] = [
    Route(MINE, show_mine, methods=["GET"]),
    Route(f"{MINE}/{{act}}", act_on_mine, methods=["POST"]),
    Route(ONE, show, methods=["GET"]),
    Route(f"{ONE}/{{act}}", act, methods=["POST"]),
]
