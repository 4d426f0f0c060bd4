"""Transactions that commit late, and in another order than they began: no reader skips any.

Between its event's number and its commit each transaction is held up for a time of its own. On
PostgreSQL several run at once, so a log that only counted up would show a later number before an
earlier one, and a phone that reads in between would never hear of the earlier.
"""

import asyncio
import random
import uuid
from datetime import timedelta
from typing import Any

import pytest

from server import events, rows
from server.clock import FixedClock
from server.database import transaction
from server.dossiers.models import Dossier
from server.events import Event, Fact
from server.sync.changes import changes_since
from server.sync.readers import Reader
from tests.support.application import START
from tests.support.dossiers import make_dossier
from tests.support.mutations import submission
from tests.support.phones import Phone

from .conftest import Post

SENDERS, DOSSIERS, SEED = 5, 8, 20261122


async def read_until(ended: asyncio.Event, reader: Reader) -> list[str]:
    """Everything a phone hears that asks again and again with the cursor it was given."""
    heard: list[str] = []
    cursor: str | None = None
    is_last = False
    while not is_last:
        is_last = ended.is_set()
        changes = await changes_since(reader, cursor)
        heard += [str(view.id) for view in changes.dossiers]
        cursor = changes.cursor
        await asyncio.sleep(0.002)
    return heard


async def test_phone_that_reads_meanwhile_hears_of_every_late_dossier(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(SEED)
    write_all = rows.write_all

    async def held_up(*given: Any) -> list[tuple[Any, ...]]:
        found = await write_all(*given)
        await asyncio.sleep(chance.uniform(0, 0.02))
        return found

    monkeypatch.setattr("server.dossiers.submitting.write_all", held_up)
    phone, ended = Phone(), asyncio.Event()
    reading = asyncio.create_task(read_until(ended, Reader(device_id=phone.id)))
    sent: list[str] = []

    async def send() -> None:
        for _ in range(DOSSIERS):
            payload = submission()
            (verdict,) = await post.send(phone, payload)
            assert verdict["verdict"] == "applied"
            sent.append(payload["dossier"])

    await asyncio.gather(*(send() for _ in range(SENDERS)))
    ended.set()
    assert sorted(await reading) == sorted(sent)


async def test_numbers_become_visible_in_order_whatever_the_order_of_commits(
    post: Post, clock: FixedClock
) -> None:
    """Straight at the log: many transactions, each held up before its commit."""
    chance = random.Random(SEED)
    device, ended = "d" * 43, asyncio.Event()
    dossiers = [await make_dossier(device_id=device) for _ in range(SENDERS)]
    reading = asyncio.create_task(read_until(ended, Reader(device_id=device)))
    seen: list[int] = []

    async def change(dossier: Dossier) -> None:
        for turn in range(DOSSIERS):
            at = START + timedelta(minutes=turn)
            async with transaction() as connection:
                row = Dossier.filter(id=dossier.id).using_db(connection)
                await row.update(version=turn + 2)
                fact = Fact("thing.changed", events.SYSTEM, at, dossier.id, "02683")
                (event,) = await events.append_all(connection, [fact])
                await row.update(last_seq=event.seq)
                await asyncio.sleep(chance.uniform(0, 0.02))
            newest = await Event.all().order_by("-seq").first()
            assert newest is not None
            seen.append(newest.seq)
            # Whoever sees a number sees all before it.
            assert await Event.filter(seq__lte=newest.seq).count() == newest.seq

    await asyncio.gather(*(change(one) for one in dossiers))
    ended.set()
    heard = await reading
    assert {uuid.UUID(one) for one in heard} == {one.id for one in dossiers}
    assert seen[-1] == SENDERS * DOSSIERS
