"""The worker: every event once, whatever fails and however many work."""

import asyncio
import uuid
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import OperationalError

from server.clock import FixedClock
from server.database import transaction
from server.events import SYSTEM, Event, append
from server.notifications.models import OutboxMessage, ReadMark, Subscription
from server.notifications.web_push import Outcome
from server.settings import Settings
from server.worker import Worker, working
from tests.support.application import START


class MemoryPush:
    """The twin of the push sender: keeps what it posts, answers what it is told to."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.outcome = Outcome("sent")

    async def post(self, subscription: Subscription, payload: dict[str, Any]) -> Outcome:
        self.posted.append((subscription.id, payload))
        return self.outcome


async def happen(count: int = 1) -> None:
    for _ in range(count):
        async with transaction() as connection:
            await append(connection, "thing.happened", SYSTEM, START)


async def note(connection: BaseDBAsyncClient, event: Event) -> None:
    """A job that leaves a row for each event it saw."""
    await OutboxMessage.create(
        id=uuid.uuid4(),
        subscription_id=uuid.uuid4().hex,
        event_seq=event.seq,
        next_at=START,
        using_db=connection,
    )


async def noted() -> list[int]:
    return sorted([m.event_seq for m in await OutboxMessage.all()])


def worker(clock: FixedClock, *jobs: Any, push: MemoryPush | None = None) -> Worker:
    return Worker(clock, push or MemoryPush(), asyncio.Event(), {"thing.happened": jobs})


async def test_each_event_is_read_once_in_order(database: Settings, clock: FixedClock) -> None:
    await happen(150)
    reader = worker(clock, note)
    while await reader.read():
        pass
    assert await noted() == list(range(1, 151))
    assert (await ReadMark.get()).seq == 150
    assert not await reader.read()


async def test_several_workers_share_without_repeating(
    database: Settings, clock: FixedClock
) -> None:
    await happen(120)
    readers = [worker(clock, note) for _ in range(4)]

    async def drain(reader: Worker) -> None:
        while await reader.read():
            pass

    await asyncio.gather(*map(drain, readers))
    assert await noted() == list(range(1, 121))


async def test_job_that_cannot_digest_an_event_does_not_hold_up_the_rest(
    database: Settings, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    async def choke(connection: BaseDBAsyncClient, event: Event) -> None:
        await note(connection, event)
        if event.seq == 2:
            raise ValueError("no")

    await happen(3)
    await worker(clock, choke).read()
    assert await noted() == [1, 3]
    assert "event 2" in caplog.text


async def test_failing_database_takes_the_batch_again(
    database: Settings, clock: FixedClock
) -> None:
    failures = [OperationalError("busy")]

    async def stumble(connection: BaseDBAsyncClient, event: Event) -> None:
        await note(connection, event)
        if event.seq == 2 and failures:
            raise failures.pop()

    await happen(3)
    reader = worker(clock, stumble)
    with pytest.raises(OperationalError):
        await reader.read()
    assert await noted() == []
    await reader.read()
    assert await noted() == [1, 2, 3]


async def test_event_nobody_waits_for_is_passed(database: Settings, clock: FixedClock) -> None:
    async with transaction() as connection:
        await append(connection, "other.happened", SYSTEM, START)
    assert not await worker(clock, note).read()
    assert (await ReadMark.get()).seq == 1
    assert await noted() == []


async def test_due_message_is_posted_and_settled(database: Settings, clock: FixedClock) -> None:
    await Subscription.create(id="one", endpoint="", p256dh="", auth="", created_at=START)
    await OutboxMessage.create(
        id=uuid.uuid4(), subscription_id="one", event_seq=1, payload={"v": 1}, next_at=START
    )
    push = MemoryPush()
    sender = worker(clock, push=push)
    assert await sender.send()
    assert push.posted == [("one", {"v": 1})]
    assert (await OutboxMessage.get()).state == "sent"
    assert not await sender.send()


async def test_message_to_a_subscription_that_went_is_dropped(
    database: Settings, clock: FixedClock
) -> None:
    await OutboxMessage.create(id=uuid.uuid4(), subscription_id="gone", event_seq=1, next_at=START)
    push = MemoryPush()
    await worker(clock, push=push).send()
    assert push.posted == []
    assert (await OutboxMessage.get()).state == "failed"


async def test_bell_wakes_a_sleeping_worker_at_once(database: Settings, clock: FixedClock) -> None:
    sleeper = worker(clock, note)
    async with working(sleeper):
        await asyncio.sleep(0.05)
        await happen()
        sleeper.bell.set()
        for _ in range(50):
            if await noted():
                break
            await asyncio.sleep(0.01)
        assert await noted() == [1]


async def test_message_on_its_way_is_finished_when_the_server_stops(
    database: Settings, clock: FixedClock
) -> None:
    begun = asyncio.Event()

    class SlowPush(MemoryPush):
        async def post(self, subscription: Subscription, payload: dict[str, Any]) -> Outcome:
            begun.set()
            await asyncio.sleep(0.2)
            return await super().post(subscription, payload)

    await Subscription.create(id="one", endpoint="", p256dh="", auth="", created_at=START)
    await OutboxMessage.create(id=uuid.uuid4(), subscription_id="one", event_seq=1, next_at=START)
    async with working(worker(clock, push=SlowPush())):
        await begun.wait()
    assert (await OutboxMessage.get()).state == "sent"


async def test_round_that_fails_is_logged_and_tried_again(
    database: Settings,
    clock: FixedClock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faults = [RuntimeError("once")]
    stumbling = worker(clock, note)
    read = stumbling.read

    async def fail_once() -> bool:
        if faults:
            raise faults.pop()
        return await read()

    monkeypatch.setattr(stumbling, "read", fail_once)
    await happen()
    async with working(stumbling):
        await asyncio.sleep(0.05)
        stumbling.bell.set()
        for _ in range(50):
            if await noted():
                break
            await asyncio.sleep(0.01)
    assert await noted() == [1]
    assert "the worker met a fault" in caplog.text
