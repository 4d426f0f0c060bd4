"""How many turns one phone may take in a minute, so that a broken or stolen one drowns nobody.

A turn is a request, and each envelope in it one more. It counts for the device that asks, and for
everybody at its address; for the pieces of a page it counts for the upload, and for pages begun for
the device that named them, so that who carries for two hundred phones is not taken for one that
runs wild. Counted in the memory of each process, so with several the bound is as many times higher.
Nothing is lost by reaching it: the phone keeps what it has and comes back when it is told to.
"""

from __future__ import annotations

from collections.abc import Mapping

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import HTTPConnection

from .errors import Problem

# In a minute. An officer comes home with two hundred dossiers and sends them in five requests; a
# round of the app is at most forty. A district's phones may all stand behind one address.
PER_MINUTE = {"device": 600, "address": 6_000, "page": 600, "piece": 600}
# Seconds; about the time after which half of the window is forgotten.
RETRY_AFTER = 30
HERE = frozenset({"", "127.0.0.1", "::1"})


class Turns:
    """Counts by kind (`PER_MINUTE`) and for whom."""

    def __init__(self, per_minute: Mapping[str, int] = PER_MINUTE) -> None:
        self._limits = {kind: RateLimitItemPerMinute(most) for kind, most in per_minute.items()}
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def take(self, kind: str, one: str, cost: int = 1) -> None:
        """`cost` turns of `one`. Raises `device-too-fast` with `Retry-After`."""
        # More at once than a minute holds is let through alone, and then waits as long.
        limit = self._limits[kind]
        if not await self._limiter.hit(limit, kind, one, cost=min(cost, limit.amount)):
            raise Problem("device-too-fast", headers={"Retry-After": str(RETRY_AFTER)})

    async def take_from(self, request: HTTPConnection, cost: int = 1) -> None:
        """`cost` turns of a request's address; this machine itself is not counted (`floods`)."""
        host = request.client.host if request.client else ""
        if host not in HERE:
            await self.take("address", host, cost)


def turns_of(request: HTTPConnection) -> Turns:
    """The count of the application that handles `request`."""
    turns: Turns = request.state.turns
    return turns
