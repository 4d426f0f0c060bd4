"""The worker: reads the event log, runs its jobs, sends what lies in the outbox, sweeps, sleeps.

One task in each server process; the processes share the work, because both the read mark and each
message move by compare-and-set. Woken by the bell after a change in its own process, else it looks
every two seconds. A fault in one round is logged and the next round tries again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from tortoise.exceptions import BaseORMException

from .clock import Clock
from .database import transaction
from .events import ChainHead, Event
from .jobs import JOBS, Job
from .notifications import outbox
from .notifications.models import OutboxMessage, ReadMark, Subscription
from .notifications.web_push import Outcome, PushSender
from .sweeps import Sweep

log = logging.getLogger("hoso")
READER = "worker"
BATCH = 100
POLL = timedelta(seconds=2)
# Between rounds, so that what a burst of requests brings is looked at once, not once a request.
BREATH = timedelta(milliseconds=100)
SWEEP_STEP = timedelta(hours=1)
AFTER_FAULT = timedelta(seconds=10)
# Messages on their way get this long to finish when the server stops.
DRAIN = timedelta(seconds=15)


class Worker:
    """Runs jobs and sends messages until told to stop."""

    def __init__(
        self,
        clock: Clock,
        sender: PushSender,
        bell: asyncio.Event,
        jobs: Mapping[str, tuple[Job, ...]] = JOBS,
        sweeps: Sequence[Sweep] = (),
    ) -> None:
        self.clock = clock
        self.sender = sender
        self.bell = bell
        self.jobs = jobs
        self.sweeps = sweeps
        self.next_sweep = datetime.min.replace(tzinfo=UTC)
        self.is_stopping = False

    async def run(self) -> None:
        """Work until `stop`; what is begun is finished first."""
        while not self.is_stopping:
            self.bell.clear()
            pause = POLL
            try:
                if await self.work():
                    continue
            except Exception:
                log.exception("the worker met a fault")
                pause = AFTER_FAULT
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.bell.wait(), pause.total_seconds())
            if not self.is_stopping:
                await asyncio.sleep(BREATH.total_seconds())

    def stop(self) -> None:
        """End after the round under way."""
        self.is_stopping = True
        self.bell.set()

    async def work(self) -> bool:
        """One round: one batch of events, one batch of messages. Whether there was anything."""
        has_read = await self.read()
        has_sent = await self.send()
        await self.sweep()
        return has_read or has_sent

    async def sweep(self) -> None:
        """Forget what may be forgotten, once an hour; the processes may do it side by side."""
        now = self.clock.now()
        if now < self.next_sweep:
            return
        self.next_sweep = now + SWEEP_STEP
        for sweep in self.sweeps:
            try:
                await sweep(now)
            except Exception:
                log.exception("%s failed and is tried again in an hour", sweep)

    async def read(self) -> bool:
        """Run the jobs of the next events and move the mark, in one transaction; whether there
        were any. Events that no job waits for are only passed over.
        """
        mark = await ReadMark.get_or_none(name=READER)
        seq = mark.seq if mark else 0
        head = await ChainHead.get_or_none(id=1)
        if head is None or head.seq <= seq:
            return False
        wanted = Event.filter(seq__gt=seq, seq__lte=head.seq, name__in=sorted(self.jobs))
        events = await wanted.order_by("seq").limit(BATCH)
        reached = events[-1].seq if len(events) == BATCH else head.seq
        if mark is None:
            await ReadMark.bulk_create([ReadMark(name=READER, seq=0)], ignore_conflicts=True)
        async with transaction() as connection:
            moved = (
                await ReadMark.filter(name=READER, seq=seq).using_db(connection).update(seq=reached)
            )
            # Nothing moved: another process has read these events.
            for event in events if moved else ():
                for job in self.jobs.get(event.name, ()):
                    await self._try(job, event)
        return bool(events)

    async def _try(self, job: Job, event: Event) -> None:
        """Run one job in a savepoint: one that cannot digest an event must not hold up the rest.

        When it is the database that fails, the whole batch is taken again.
        """
        try:
            async with transaction() as savepoint:
                await job(savepoint, event)
        except BaseORMException:
            raise
        except Exception:
            log.exception(
                "job %s failed on event %d and is left out",
                getattr(job, "__name__", job),
                event.seq,
            )

    async def send(self) -> bool:
        """Send what is due in the outbox."""
        claimed = await outbox.claim(self.clock.now())
        await asyncio.gather(*(self._deliver(message) for message in claimed))
        return bool(claimed)

    async def _deliver(self, message: OutboxMessage) -> None:
        subscription = await Subscription.get_or_none(id=message.subscription_id)
        if subscription is None:
            outcome = Outcome("refused", "no such subscription any more")
        else:
            outcome = await self.sender.post(subscription, message.payload)
        await outbox.settle(message, outcome, self.clock.now())
        if outcome.kind != "sent":
            log.info("push not delivered (%s): %s", outcome.kind, outcome.reason)


@contextlib.asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[Worker]:
    """The worker runs in a task of its own inside this block, and is drained at its end."""
    task = asyncio.create_task(worker.run(), name="worker")
    try:
        yield worker
    finally:
        worker.stop()
        done, _ = await asyncio.wait({task}, timeout=DRAIN.total_seconds())
        if not done:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
