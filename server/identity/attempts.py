"""How often something may be tried: signing in, asking for codes, claiming and tracking dossiers.

Counted in the database, so that several processes and a restart share one count. Of two windows the
older one weighs by what is left of it, which is close to a window that slides. The table holds
keyed digests alone: it tells neither accounts nor addresses.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ipaddress
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import HTTPConnection
from tortoise.expressions import F

from ..errors import Problem
from ..services import services_of
from .models import Tries

# Seconds.
REFUSED_AFTER = 0.3
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """Tries in one window: for one account or dossier, and from one address."""

    for_one: int
    for_address: int
    window: timedelta = QUARTER


# Offices, and whole valleys behind one mast, share an address among many people: those limits are
# generous. What a guess could win is bounded by `for_one` alone.
LIMITS = {
    "code-asked": Limit(5, 60),
    "code-tried": Limit(15, 100),
    "passkey": Limit(200, 200),
    # With five attempts a code: at most fifty guesses a day at the million codes of one dossier.
    "claim-asked": Limit(5, 60, DAY),
    "claim-tried": Limit(50, 200, DAY),
    # Codes have 2^40 values; a thousand tries a day from one address find none in a lifetime.
    "tracked": Limit(60, 60),
    "tracked-in-vain": Limit(1000, 1000, DAY),
}


async def count(
    secret: bytes, kind: str, one: str, address: str, now: datetime, step: int = 1
) -> None:
    """One more try of `kind` for `one` (an account, a dossier code) from `address`.

    With `step` 0 nothing is counted. Raises `too-many-attempts` when there were too many.
    """
    limit = LIMITS[kind]
    of_address = await _hit(secret, f"{kind}|from|{address}", limit.window, now, step)
    of_one = await _hit(secret, f"{kind}|of|{one}", limit.window, now, step)
    left = 1 - step  # where none is counted, none must be left
    if of_address + left > limit.for_address or of_one + left > limit.for_one:
        seconds = int(limit.window.total_seconds())
        raise Problem(
            "too-many-attempts", {"minutes": seconds // 60}, {"Retry-After": str(seconds)}
        )


async def count_request(request: HTTPConnection, kind: str, one: str = "", step: int = 1) -> None:
    """One more try, from the address of a request. Raises `too-many-attempts`."""
    services, address = services_of(request), address_of(request)
    secret, now = services.keyring.secret, services.clock.now()
    await count(secret, kind, one or address, address, now, step)


async def _hit(secret: bytes, key: str, window: timedelta, now: datetime, step: int) -> float:
    """Count and tell how many there were within a window's length."""
    length = window.total_seconds()
    number, passed = divmod(now.timestamp(), length)
    current, before = (_name(secret, key, int(number) - ago) for ago in (0, 1))
    mine = Tries.filter(id=current)
    if step and not await mine.update(number=F("number") + step):
        # Needed until the window after this one has passed.
        ends = datetime.fromtimestamp((number + 2) * length, UTC)
        fresh = Tries(id=current, number=0, ends_at=ends)
        await Tries.bulk_create([fresh], ignore_conflicts=True)
        await mine.update(number=F("number") + step)
    rows = await Tries.filter(id__in=[current, before]).values_list("id", "number")
    found = {str(name): int(hits) for name, hits in rows}
    return found.get(current, 0) + found.get(before, 0) * (1 - passed / length)


def _name(secret: bytes, key: str, window: int) -> str:
    return hmac.digest(secret, f"hoso/tries/v1\0{key}\0{window}".encode(), "sha256").hex()


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
