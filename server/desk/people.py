"""People and machines: who has an account here, what they sign in with, and taking it away.

An administrator of a commune keeps the people who serve in that commune and nowhere else; one of
the whole server keeps everybody. Everything that changes something asks for a fresh sign-in.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from tortoise.expressions import Q

from ..errors import Problem
from ..identity import people
from ..identity.backend import Visitor, roles_of
from ..identity.fresh import demand_fresh
from ..identity.models import Appointment, Commune, Person
from ..identity.permissions import ROLES, Role, communes_for
from .asking import at_desk
from .inputs import posted, text
from .rendering import language_of, page, role_words
from .words import say

SHOWN = 200
HOME = "/desk/people"


@dataclass(frozen=True, slots=True)
class Charge:
    """Whom an administrator keeps: everybody (`communes` is none), or who serves in these."""

    visitor: Visitor
    communes: frozenset[str] | None

    def covers(self, roles: Iterable[Role]) -> bool:
        """Whether somebody with these roles is in their charge."""
        held = {role.commune for role in roles}
        return self.communes is None or (bool(held) and held <= self.communes)

    def demand(self, roles: Iterable[Role]) -> None:
        """Raises `not-allowed` for roles outside of the charge."""
        if not self.covers(roles):
            raise Problem("not-allowed")


async def charge_of(request: Request) -> Charge:
    """What the signed-in administrator keeps. Raises `sign-in-required`, `not-allowed`."""
    desk = await at_desk(request)
    communes = communes_for(desk.visitor.roles, "administer")
    if communes is not None and not communes:
        raise Problem("not-allowed")
    return Charge(desk.visitor, communes)


async def person_in(charge: Charge, identifier: str) -> tuple[Person, tuple[Role, ...]]:
    """A person of the charge with their roles. Raises `not-allowed` for any other."""
    try:
        found = await Person.get_or_none(id=uuid.UUID(identifier))
    except ValueError:
        found = None
    if found is None:
        raise Problem("not-allowed")
    roles = await roles_of(found)
    charge.demand(roles)
    return found, roles


async def show(request: Request, *, fault: str = "", status: int = 200) -> Response:
    """Everybody in the visitor's charge; `?search=` by name or account."""
    charge = await charge_of(request)
    language = language_of(request)
    search = request.query_params.get("search", "").strip()[:100]
    found = await _people(charge, search)
    roles = await _roles([one.id for one in found])
    return page(
        request,
        "people.html",
        charge.visitor,
        {
            "search": search,
            "items": [
                {
                    "url": f"{HOME}/{one.id}",
                    "name": one.name,
                    "account": one.account,
                    "is_active": one.is_active,
                    "roles": await told(roles[one.id], language),
                }
                for one in found
            ],
            "roles": [(role, role_words(role, language)) for role in ROLES],
            "communes": await communes_of(charge),
        },
        fault=fault,
        status=status,
    )


async def add(request: Request) -> Response:
    """Add a person with their first role, or a role to one who is there."""
    charge = await charge_of(request)
    demand_fresh(request, charge.visitor)
    form = await posted(request)
    language = language_of(request)
    try:
        role = role_from(text(form, "role"), text(form, "commune"))
        charge.demand([role])
        account = text(form, "account", say("account", language), longest=60).lower()
        if known := await Person.get_or_none(account=account):
            charge.demand(await roles_of(known))
        person, _ = await people.add(
            account,
            text(form, "name", say("full-name", language), longest=200),
            [role],
            (await at_desk(request)).now,
            charge.visitor.actor("administer", role.commune),
            text(form, "phone", longest=16) or None,
            text(form, "email", longest=200) or None,
        )
    except Problem as problem:
        if problem.code == "not-allowed":
            raise
        return await show(request, fault=problem.sentence(language), status=problem.status)
    return RedirectResponse(f"{HOME}/{person.id}?done=add-person", 303)


def role_from(name: str, commune: str) -> Role:
    """A chosen role in a chosen commune; only who oversees the whole server has none.

    Raises `role-unknown`, `commune-unknown`.
    """
    if name not in ROLES:
        raise Problem("role-unknown", {"role": name, "roles": ", ".join(ROLES)})
    if not commune and name not in ("administrator", "auditor"):
        raise Problem("commune-unknown", {"commune": "–"})
    return Role(name, commune)


async def communes_of(charge: Charge) -> list[tuple[str, str]]:
    """The communes a role may be given in: code and name, the whole server last."""
    found = Commune.all() if charge.communes is None else Commune.filter(code__in=charge.communes)
    names = [(one.code, one.name) for one in await found.order_by("name")]
    return [*names, ("", "")] if charge.communes is None else names


async def told(roles: Iterable[Role], language: str) -> list[str]:
    """Roles as people say them, with the commune's name."""
    held = list(roles)
    names = {c.code: c.name for c in await Commune.filter(code__in=[r.commune for r in held])}
    return [
        " · ".join(
            (
                role_words(one.role, language),
                names.get(one.commune, one.commune) or say("everywhere", language),
            )
        )
        for one in held
    ]


async def _people(charge: Charge, search: str) -> list[Person]:
    found = Person.filter(Q(name__icontains=search) | Q(account__icontains=search))
    if charge.communes is not None:
        inside = Appointment.filter(commune_code__in=charge.communes)
        here = set(await inside.values_list("person_id", flat=True))
        outside = Appointment.filter(person_id__in=here).exclude(commune_code__in=charge.communes)
        here -= set(await outside.values_list("person_id", flat=True))
        found = found.filter(id__in=here)
    return await found.order_by("-is_active", "name").limit(SHOWN)


async def _roles(people_ids: list[uuid.UUID]) -> defaultdict[uuid.UUID, list[Role]]:
    held: defaultdict[uuid.UUID, list[Role]] = defaultdict(list)
    found = Appointment.filter(person_id__in=people_ids).order_by("role", "commune_code")
    for person, role, commune in await found.values_list("person_id", "role", "commune_code"):
        if role in ROLES:
            held[person].append(Role(role, commune))
    return held


routes: list[BaseRoute] = [
    Route(HOME, show, methods=["GET"]),
    Route(HOME, add, methods=["POST"]),
]
