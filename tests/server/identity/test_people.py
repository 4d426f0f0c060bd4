"""People, roles and communes as an administrator keeps them."""

import pytest

from server.errors import Problem
from server.events import SYSTEM, Event
from server.identity import logins, people, units
from server.identity.backend import roles_of
from server.identity.models import Commune, Person
from server.identity.permissions import Role
from server.settings import Settings
from tests.support.application import START
from tests.support.people import make_communes, make_person

CLERK = Role("clerk", "02683")


async def test_adding_twice_keeps_one_person_and_adds_the_new_role(database: Settings) -> None:
    await make_communes()
    first, is_new = await people.add("mot-cua", "Lò Thị Mẫu", [CLERK], START)
    assert is_new
    second, is_new = await people.add("mot-cua", "Tên Khác", [CLERK, Role("auditor")], START)
    assert not is_new
    assert (second.id, second.name) == (first.id, "Lò Thị Mẫu")
    assert await roles_of(first) == (Role("auditor"), CLERK)
    names = [event.name for event in await Event.all().order_by("seq")]
    assert names == ["person.added", "person.appointed", "person.appointed"]


@pytest.mark.parametrize(
    ("account", "role", "code"),
    [
        ("Lò Thị Mẫu", CLERK, "account-invalid"),
        ("x", CLERK, "account-invalid"),
        ("-abc", CLERK, "account-invalid"),
        ("mot-cua", Role("king", "02683"), "role-unknown"),
        ("mot-cua", Role("clerk", "99999"), "commune-unknown"),
    ],
)
async def test_what_does_not_fit_adds_nobody(
    database: Settings, account: str, role: Role, code: str
) -> None:
    await make_communes()
    with pytest.raises(Problem) as problem:
        await people.add(account, "Lò Thị Mẫu", [role], START)
    assert problem.value.code == code
    assert await Person.all().count() == 0


async def test_closing_an_account_ends_its_logins(database: Settings) -> None:
    person = await make_person()
    token = await logins.issue(person, [CLERK], "code", "", START)
    for _ in range(2):
        await people.deactivate(person, SYSTEM, START)
    await Person.filter(id=person.id).update(is_active=True)
    assert await logins.read(token, START) is None
    assert [event.name for event in await Event.all()] == ["person.deactivated"]


async def test_account_that_is_not_there_is_told(database: Settings) -> None:
    with pytest.raises(Problem) as problem:
        await people.by_account("khong-co")
    assert problem.value.code == "person-unknown"


async def test_serving_a_commune_twice_keeps_the_first(database: Settings) -> None:
    unit = units.find_commune("02683")
    assert (unit.name, unit.province_code, unit.province_name) == (
        "Xã Bát Xát",
        "15",
        "Tỉnh Lào Cai",
    )
    for agency, is_new in (("H38.02683", True), ("H99.1", False)):
        served = await people.serve_commune(
            unit.code, unit.name, unit.province_code, unit.province_name, agency, START
        )
        assert served == is_new
    assert await Event.filter(name="commune.served", commune_code="02683").count() == 1
    assert (await Commune.get()).agency_code == "H38.02683"


def test_code_of_no_commune_is_told() -> None:
    with pytest.raises(Problem) as problem:
        units.find_commune("00000")
    assert problem.value.code == "commune-unknown"
