"""People of one desk, and dossiers taken through their steps by them."""

import uuid
from typing import Any

from server.dossiers import actions
from server.dossiers.actions import Desk
from server.dossiers.models import Dossier
from server.dossiers.working_days import calendar
from server.identity.backend import Visitor, roles_of
from server.identity.models import Login, Person
from server.services import Services

from .people import BAT_XAT, make_person


class Staff:
    """Clerk, specialist and approver of a commune, each with a desk at the clock's time."""

    def __init__(self, services: Services, commune: str) -> None:
        self._services = services
        self._commune = commune
        self.people: dict[str, Person] = {}

    async def desk(self, role: str) -> Desk:
        """The desk of the person with this role, hired when first asked for."""
        if role not in self.people:
            account = f"{role}-{self._commune}"
            self.people[role] = await make_person(account, role, self._commune, f"Lò Thị {role}")
        return await desk_of(self._services, self.people[role])

    async def act(self, verb: str, dossier_id: uuid.UUID, *given: Any) -> Dossier:
        """Let the person whose verb it is do it to the dossier as it is now."""
        role = {"propose": "specialist", "approve": "approver", "send_back": "approver"}
        desk = await self.desk(role.get(verb, "clerk"))
        dossier = await Dossier.get(id=dossier_id)
        if verb == "forward" and not given:
            await self.desk("specialist")
            given = (self.people["specialist"].id,)
        changed: Dossier = await getattr(actions, verb)(desk, dossier_id, dossier.version, *given)
        return changed


async def desk_of(services: Services, person: Person) -> Desk:
    """A person at work now."""
    visitor = Visitor(person, await roles_of(person), Login(token_digest="0" * 64))
    return Desk(visitor, services.clock.now(), calendar())


def staff_of(services: Services, commune: str = BAT_XAT) -> Staff:
    """The staff of a commune."""
    return Staff(services, commune)
