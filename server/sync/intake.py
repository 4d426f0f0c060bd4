"""Group commit: what many requests bring at the same time is worked off in one transaction.

One task a process takes whatever has gathered while the last transaction was under way, so the disk
is waited for once for all of them, and nobody hears of a result before it is on the disk. Room is
bounded: who finds none is told to come back, instead of waiting in memory without end.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Generic, TypeVar

from ..errors import Problem
from .pace import Pace

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]

MOST = 256
ROOM = 2_000
ROOM_BYTES = 64 << 20
# Seconds that a round waits at most for others to join it.
GATHERING = 0.04


class Intake(Generic[Item, Result]):
    """Hands items to `work`, at most `most` at a time, and each result to who brought the item.

    `work` gives one result an item, in order; an exception of it is everybody's of that round.
    """

    def __init__(
        self,
        work: Work[Item, Result],
        *,
        most: int = MOST,
        room: int = ROOM,
        room_bytes: int = ROOM_BYTES,
    ) -> None:
        self._work = work
        self._most = most
        self._room, self._room_bytes, self._guests = room, room_bytes, 0
        self._inside, self._pace = 0, Pace()
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._bell = asyncio.Event()
        self._is_stopping = False

    @contextlib.contextmanager
    def room(self, count: int, size: int) -> Iterator[None]:
        """Room for `count` items of `size` bytes together while the block runs.

        Raises `server-busy` with `Retry-After`. Whoever is alone always finds room.
        """
        is_full = self._room < count or self._room_bytes < size
        if is_full and self._guests:
            raise Problem(
                "server-busy", headers={"Retry-After": str(self._pace.wait(self._inside))}
            )
        if not self._guests:
            self._pace.begin()
        self._room -= count
        self._room_bytes -= size
        self._guests += 1
        self._inside += count
        try:
            yield
        finally:
            self._room += count
            self._room_bytes += size
            self._guests -= 1
            self._inside -= count
            self._pace.done(count)
            self._bell.set()

    async def put(self, items: Sequence[Item]) -> list[Result]:
        """The results of `items`, in order, once they are lasting. Raises what `work` raised."""
        loop = asyncio.get_running_loop()
        futures: list[asyncio.Future[Result]] = [loop.create_future() for _ in items]
        self._waiting += zip(items, futures, strict=True)
        self._bell.set()
        return list(await asyncio.gather(*futures))

    async def run(self) -> None:
        """Work until `stop`; what waits by then is done first."""
        while self._waiting or not self._is_stopping:
            if not self._waiting:
                self._bell.clear()
                await self._bell.wait()
                continue
            await self._gather()
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            await self._round(batch)

    def stop(self) -> None:
        """End once nothing waits any more."""
        self._is_stopping = True
        self._bell.set()

    async def _gather(self) -> None:
        """Let those join whose letters are being opened at this moment: a large round costs each of
        them less, and only who is not alone waits for it.
        """
        await asyncio.sleep(0)  # who was answered just now leaves first
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GATHERING):
                while self._inside > len(self._waiting) < self._most:
                    self._bell.clear()
                    await self._bell.wait()

    async def _round(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._work([item for item, _ in batch])
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            # Whoever waited may have gone; the effect stays, and so does its receipt.
            if not future.done():
                future.set_result(result)


@contextlib.asynccontextmanager
async def taking_in(intake: Intake[Item, Result]) -> AsyncIterator[Intake[Item, Result]]:
    """The intake works in a task of its own inside this block, and is drained at its end."""
    task = asyncio.create_task(intake.run(), name="intake")
    try:
        yield intake
    finally:
        intake.stop()
        await task
