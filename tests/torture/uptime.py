"""How long something that has not worked yet is tried: by tries, not by the clock.

A busy machine may take minutes for what an idle one does in a moment, and a server that was killed
may be slow to come back. So a try waits until the server runs, and counts only when it ran all the
while; what so many such tries did not bring about is stuck.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

TRIES = 200


class Uptime:
    """When the server runs, as whoever starts and kills it tells."""

    def __init__(self) -> None:
        self._runs = asyncio.Event()
        self._runs.set()
        self._outages = 0

    def end(self) -> None:
        """The server is about to be killed."""
        self._outages += 1
        self._runs.clear()

    def begin(self) -> None:
        """It answers again."""
        self._runs.set()

    async def tries(self) -> AsyncIterator[int]:
        """The number of each try, from 0, as long as there are any left."""
        counted = number = 0
        while counted < TRIES:
            await self._runs.wait()
            before = self._outages
            yield number
            number += 1
            counted += before == self._outages


async def pause(number: int) -> None:
    """Before another try: the longer, the more there have been."""
    await asyncio.sleep(min(0.5, 0.03 * (number + 1)))
