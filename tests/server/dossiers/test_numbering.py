"""Codes that phone and server derive alike, and numbers without gap or double."""

import asyncio
import uuid
from datetime import date

import pytest

from server.database import transaction
from server.dossiers.numbering import code_of, next_number, read_code
from server.settings import Settings

DAY = date(2026, 11, 22)


def test_code_is_read_back_however_it_was_said() -> None:
    code = code_of(uuid.UUID("3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a01"))
    assert code == "HS-Z1H1-M8WV"
    for said in ("hs z1h1 m8wv", "HS-ZIHL-M8WV", " z1h1m8wv "):
        assert read_code(said) == code


@pytest.mark.parametrize("text", ["", "HS-Z1H1-M8W", "Giàng A Thử", "HS-UUUU-UUUU"])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert read_code(text) == ""


async def give(agency: str = "H38.02683", day: date = DAY) -> str:
    async with transaction() as connection:
        return await next_number(connection, agency, day)


async def test_numbers_run_by_agency_and_day(database: Settings) -> None:
    assert await give() == "H38.02683-261122-0001"
    assert await give() == "H38.02683-261122-0002"
    assert await give("H38.02701") == "H38.02701-261122-0001"
    assert await give(day=date(2026, 11, 23)) == "H38.02683-261123-0001"


async def test_numbers_asked_for_at_once_are_all_different(database: Settings) -> None:
    given = await asyncio.gather(*(give() for _ in range(10)))
    assert sorted(given) == [f"H38.02683-261122-{n:04d}" for n in range(1, 11)]


async def give_and_fail() -> None:
    async with transaction() as connection:
        await next_number(connection, "H38.02683", DAY)
        raise RuntimeError


async def test_number_of_a_failed_transaction_is_given_again(database: Settings) -> None:
    with pytest.raises(RuntimeError):
        await give_and_fail()
    assert await give() == "H38.02683-261122-0001"
