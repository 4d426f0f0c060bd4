"""One-time codes: right once, wrong always, and never more than five guesses."""

import asyncio
from datetime import timedelta

import pytest

from server.errors import Problem
from server.identity import codes
from server.identity.models import OneTimeCode, Person
from server.settings import Settings
from tests.support.application import START
from tests.support.people import make_person

SECRET = b"s" * 32


async def refused(account: str, code: str, after: timedelta = timedelta(0)) -> None:
    with pytest.raises(Problem) as problem:
        await codes.check(SECRET, account, code, START + after)
    assert problem.value.code == "sign-in-refused"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


async def test_right_code_signs_in_once(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    assert len(code) == 6
    assert (await codes.check(SECRET, person.account, code, START)).id == person.id
    await refused(person.account, code)


async def test_code_may_be_typed_in_groups(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    assert await codes.check(SECRET, person.account, f" {code[:3]} {code[3:]}", START)


async def test_code_ends_after_ten_minutes(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    await refused(person.account, code, timedelta(minutes=10))


async def test_right_code_after_five_wrong_ones_is_refused(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    for _ in range(5):
        await refused(person.account, wrong(code))
    await refused(person.account, code)


async def test_five_of_many_guesses_at_once_are_looked_at(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    await asyncio.gather(*(refused(person.account, wrong(code)) for _ in range(20)))
    assert (await OneTimeCode.get()).attempts == 5


async def test_same_right_code_at_once_signs_in_once(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    tries = (codes.check(SECRET, person.account, code, START) for _ in range(4))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, Person) for result in results) == 1


async def test_new_code_ends_the_old_one(database: Settings) -> None:
    person = await make_person()
    old = await codes.issue(SECRET, person, START)
    new = await codes.issue(SECRET, person, START)
    if old != new:
        await refused(person.account, old)
    assert await codes.check(SECRET, person.account, new, START)


async def test_code_of_one_person_does_not_open_another(database: Settings) -> None:
    person, other = await make_person("mot"), await make_person("hai")
    code = await codes.issue(SECRET, person, START)
    await refused(other.account, code)
    await refused("khong-co", code)


async def test_closed_account_gets_nowhere(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    await Person.filter(id=person.id).update(is_active=False)
    await refused(person.account, code)


async def test_table_holds_no_code(database: Settings) -> None:
    person = await make_person()
    code = await codes.issue(SECRET, person, START)
    row = await OneTimeCode.get()
    assert code not in row.digest
    assert row.digest == codes.digest_of(SECRET, row.id, code)
    assert row.digest != codes.digest_of(b"t" * 32, row.id, code)
