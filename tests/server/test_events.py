"""The event log: numbered without gaps, chained without breaks."""

import asyncio
import uuid

import pytest

from server.database import transaction
from server.events import SYSTEM, Actor, Event, NewEvent, append, verify
from server.settings import Settings
from tests.support.application import START


async def happen(name: str = "thing.happened") -> Event:
    async with transaction() as connection:
        return await append(
            connection,
            name,
            Actor("clerk", "Lò Thị Mẫu", uuid.uuid4()),
            START,
            dossier_id=uuid.uuid4(),
            commune_code="02683",
            data={"lý do": "đủ giấy tờ", "n": 1},
        )


async def test_events_are_numbered_one_after_another(database: Settings) -> None:
    assert [(await happen()).seq for _ in range(3)] == [1, 2, 3]
    assert await verify() is None


async def test_many_at_once_leave_no_gap_and_no_break(database: Settings) -> None:
    await happen()
    await asyncio.gather(*(happen() for _ in range(20)))
    assert [e.seq for e in await Event.all().order_by("seq")] == list(range(1, 22))
    assert await verify() is None


async def test_first_events_at_once_are_both_kept(database: Settings) -> None:
    results = await asyncio.gather(*(happen() for _ in range(4)), return_exceptions=True)
    kept = [r for r in results if isinstance(r, NewEvent)]
    assert sorted(e.seq for e in kept) == list(range(1, len(kept) + 1))
    assert len(kept) == 4
    assert await verify() is None


async def test_transaction_that_fails_leaves_neither_event_nor_gap(database: Settings) -> None:
    await happen()

    async def fail() -> None:
        async with transaction() as connection:
            await append(connection, "thing.happened", SYSTEM, START)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await happen()).seq == 2
    assert await verify() is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor_name": "Người Khác"},
        {"data": {"n": 2}},
        {"name": "thing.changed"},
        {"dossier_id": None},
        {"at": START.replace(year=2025)},
        {"hash": "0" * 64},
    ],
)
async def test_edited_event_is_found(database: Settings, change: dict[str, object]) -> None:
    for _ in range(4):
        await happen()
    await Event.filter(seq=2).update(**change)
    assert await verify() in (2, 3)


async def test_deleted_event_is_found_even_at_the_end(database: Settings) -> None:
    for _ in range(4):
        await happen()
    await Event.filter(seq=4).delete()
    assert await verify() == 4
    await Event.filter(seq=2).delete()
    assert await verify() == 2


async def test_long_log_is_verified_in_pieces(database: Settings) -> None:
    async with transaction() as connection:
        for _ in range(1005):
            await append(connection, "thing.happened", SYSTEM, START)
    assert await verify() is None
    await Event.filter(seq=1003).update(actor_name="x")
    assert await verify() == 1003
