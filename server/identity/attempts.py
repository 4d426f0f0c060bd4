"""How often something may be tried: sign-in by code, asking for codes, passkey challenges.

Counted in the memory of one process. The lasting limit is the one in the database (five attempts a
code); this one keeps a guesser from asking for code after code, and a flood from filling tables.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import time
from collections.abc import AsyncIterator

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import HTTPConnection

from ..errors import Problem

WINDOW_MINUTES = 15
# Seconds.
REFUSED_AFTER = 0.3
# Tries in one window, by what is tried: (for one account, from one address). Offices share one
# address among many people, so that limit is generous.
LIMITS = {
    "code-asked": (5, 60),
    "code-tried": (15, 100),
    "passkey": (60, 200),
}


class Attempts:
    """Counts tries by kind, account and address."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def count(self, kind: str, account: str, address: str) -> None:
        """One more try. Raises `too-many-attempts` when there were too many."""
        for_account, for_address = LIMITS[kind]
        for limit, key in ((for_address, f"from {address}"), (for_account, f"of {account}")):
            if not await self._limiter.hit(_per_window(limit), kind, key):
                raise Problem(
                    "too-many-attempts",
                    {"minutes": WINDOW_MINUTES},
                    {"Retry-After": str(WINDOW_MINUTES * 60)},
                )


def _per_window(limit: int) -> RateLimitItem:
    return RateLimitItemPerMinute(limit, WINDOW_MINUTES)


def address_of(request: HTTPConnection) -> str:
    """Where a request comes from; of IPv6 the /64, which one subscriber holds whole."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def attempts_of(request: HTTPConnection) -> Attempts:
    """The counter of the application that handles `request`."""
    attempts: Attempts = request.state.attempts
    return attempts


@contextlib.asynccontextmanager
async def even_refusals() -> AsyncIterator[None]:
    """A problem leaves this block after `REFUSED_AFTER` seconds, however soon it was clear.

    An account that exists costs a write to the disk, one that does not costs none; without this,
    a watch would tell them apart.
    """
    started = time.monotonic()
    try:
        yield
    except Problem:
        await asyncio.sleep(REFUSED_AFTER - (time.monotonic() - started))
        raise
