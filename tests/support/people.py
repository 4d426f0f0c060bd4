"""Invented people and communes in the test's database, and browsers signed in as them."""

import uuid

import httpx2

from server.identity import logins
from server.identity.backend import roles_of
from server.identity.models import Appointment, Commune, Person
from server.services import Services

from .application import START, Running

BAT_XAT, Y_TY = "02683", "02701"


async def make_communes() -> None:
    """Xã Bát Xát and Xã Y Tý of Tỉnh Lào Cai."""
    for code, name in ((BAT_XAT, "Xã Bát Xát"), (Y_TY, "Xã Y Tý")):
        await Commune.create(
            code=code,
            name=name,
            province_code="15",
            province_name="Tỉnh Lào Cai",
            agency_code=f"H38.{code}",
        )


async def make_person(
    account: str = "lo-thi-mau",
    role: str | None = "clerk",
    commune: str = BAT_XAT,
    name: str = "Lò Thị Mẫu",
) -> Person:
    """A person with one role, or with none."""
    person = await Person.create(id=uuid.uuid4(), account=account, name=name, created_at=START)
    if role is not None:
        await Appointment.create(id=uuid.uuid4(), person=person, role=role, commune_code=commune)
    return person


async def sign_in(services: Services, browser: httpx2.AsyncClient, person: Person) -> None:
    """Give the browser a login of the person, as signing in would."""
    roles = await roles_of(person)
    token = await logins.issue(person, roles, "code", "test", services.clock.now())
    browser.cookies.set(logins.cookie_name(services.settings), token)


def services_in(server: Running) -> Services:
    """The services of a started application."""
    services: Services = server.state["services"]
    return services
