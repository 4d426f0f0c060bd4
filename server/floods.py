"""Middleware that slows one address down when it asks much more than people do.

Counted in the memory of each process, so with several the bound is as many times higher: it keeps a
flood from filling queues, while the limits that guard secrets are in the database
(`identity/attempts`). Reading files of the app is not counted.
"""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import Problem
from .http import problem_response
from .turns import HERE

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Changing requests of one address in a minute. A district's phones may all stand behind one mast,
# and each reconnects with a sync and some pages: generous enough for hundreds of them.
PER_MINUTE = 3000


class Floods:
    """Answers `server-busy` with Retry-After to an address that floods; phones then wait."""

    def __init__(self, app: ASGIApp, per_minute: int = PER_MINUTE) -> None:
        self.app = app
        self._limit = RateLimitItemPerMinute(per_minute)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] == "http" and scope["method"] not in SAFE:
            client = HTTPConnection(scope).client
            host = client.host if client else ""
            # This machine itself is not counted: a proxy that hides addresses would count as one.
            if host not in HERE and not await self._limiter.hit(self._limit, host):
                held = Problem("server-busy", headers={"Retry-After": "30"})
                await problem_response(Request(scope), held)(scope, receive, send)
                return
        await self.app(scope, receive, send)
