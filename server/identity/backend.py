"""Who is asking: the person behind a request's login cookie, with the roles they hold."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from starlette.requests import Request

from ..errors import Problem
from ..events import Actor
from ..services import services_of
from . import logins
from .models import Appointment, Login, Person
from .permissions import ROLES, Role, acting_role, demand, main_role


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person for the length of one request."""

    person: Person
    roles: tuple[Role, ...]
    login: Login

    @property
    def id(self) -> uuid.UUID:
        """The person's id."""
        return self.person.id

    @property
    def role(self) -> str:
        """The role to name where none in particular is acted in."""
        return main_role(self.roles)

    def actor_of_self(self) -> Actor:
        """Them as an actor on what is their own."""
        return Actor(self.role, self.person.name, self.person.id)

    def may(self, verb: str, commune: str, *, is_assignee: bool = False) -> bool:
        """Whether they may do `verb` on something of `commune`."""
        return acting_role(self.roles, verb, commune, is_assignee=is_assignee) is not None

    def actor(self, verb: str, commune: str, *, is_assignee: bool = False) -> Actor:
        """Them as an actor in the role that allows `verb` there. Raises `not-allowed`."""
        role = demand(self.roles, verb, commune, is_assignee=is_assignee)
        return Actor(role, self.person.name, self.person.id)


async def roles_of(person: Person) -> tuple[Role, ...]:
    """The roles a person holds, in a steady order; one that this version does not know is none."""
    held = await Appointment.filter(person_id=person.id).order_by("role", "commune_code")
    return tuple(Role(one.role, one.commune_code) for one in held if one.role in ROLES)


async def visitor(request: Request) -> Visitor | None:
    """Who is signed in, or nobody. Looked up once a request."""
    if not hasattr(request.state, "visitor"):
        request.state.visitor = await _read(request)
    found: Visitor | None = request.state.visitor
    return found


async def signed_in(request: Request) -> Visitor:
    """Who is signed in. Raises `sign-in-required`."""
    found = await visitor(request)
    if found is None:
        raise Problem("sign-in-required")
    return found


async def _read(request: Request) -> Visitor | None:
    services = services_of(request)
    token = logins.token_of(request, services.settings)
    now = services.clock.now()
    login = await logins.read(token, now) if token else None
    if login is None:
        return None
    roles = await roles_of(login.person)
    if logins.is_over(login, roles, now):
        return None
    await logins.mark_seen(login, now)
    return Visitor(login.person, roles, login)
