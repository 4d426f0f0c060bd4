"""The demonstration: everything to try Hoso, made once, kept over restarts."""

import re
from collections.abc import Mapping

from server.clock import FixedClock
from server.demo import PEOPLE, prepare_demonstration
from server.errors import Problem
from server.events import Event
from server.forms.models import Procedure
from server.identity import codes, enrolments
from server.identity.backend import roles_of
from server.identity.models import Commune, Person
from server.identity.permissions import ROLES, Role
from server.keyring import open_keyring
from server.settings import Settings
from tests.support.application import START


async def prepared(settings: Settings) -> str:
    lines: list[str] = []
    await prepare_demonstration(settings, START, lines.append)
    return "\n".join(lines)


def given_codes(told: str) -> Mapping[str, str]:
    return dict(re.findall(r"^([a-z-]+) +code (\d{6})", told, re.MULTILINE))


async def test_communes_procedures_and_people_of_every_role_are_made(database: Settings) -> None:
    await prepared(database)
    assert {c.code: c.name for c in await Commune.all()} == {
        "02683": "Xã Bát Xát",
        "02701": "Xã Y Tý",
    }
    assert {p.code for p in await Procedure.all()} == {
        "1.001193",
        "1.004222",
        "1.004194",
        "1.001699",
    }
    clerk = await Person.get(account="mot-cua")
    assert await roles_of(clerk) == (Role("clerk", "02683"),)
    assert {invented.role for invented in PEOPLE} == set(ROLES) - {"auditor"}


async def test_each_code_and_link_it_tells_signs_its_person_in(database: Settings) -> None:
    told = await prepared(database)
    secret = open_keyring(database.keys).secret
    given = given_codes(told)
    assert set(given) == {invented.account for invented in PEOPLE}
    for account, code in given.items():
        assert (await codes.check(secret, account, code, START)).account == account
    links = re.findall(rf"{re.escape(database.origin)}/enrol/(\S+)", told)
    owners = [(await enrolments.person_of(token, START)).account for token in links]
    assert owners == [invented.account for invented in PEOPLE]
    assert f"{database.origin}/desk" in told


async def test_second_start_keeps_everything_and_gives_fresh_codes(
    database: Settings, clock: FixedClock
) -> None:
    first = given_codes(await prepared(database))
    lasting = Event.exclude(name="enrolment.created")
    events = await lasting.count()
    people = {p.account: p.id for p in await Person.all()}
    told = await prepared(database)
    assert await lasting.count() == events
    assert {p.account: p.id for p in await Person.all()} == people
    assert "published" not in told
    second = given_codes(told)
    assert first != second
    secret = open_keyring(database.keys).secret
    refused = 0
    for account, code in first.items():
        try:
            await codes.check(secret, account, code, START)
        except Problem:
            refused += 1
    assert refused == len(first)
