"""The server inside a test: its settings, a clock that stands still, its database, a client.

Everything runs in the test's own event loop, so a test may look into the database between requests.
"""

import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from starlette.applications import Starlette

from server.settings import Settings, read

ORIGIN = "http://localhost:8000"
# A Monday, nine in the morning in Vietnam.
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_settings(data: Path, database_url: str, **chosen: str) -> Settings:
    """Settings of a server whose files lie in `data`; `chosen` as in PUSH_HOSTS="…"."""
    environment = {
        "HOSO_DATA": str(data),
        "HOSO_DATABASE_URL": database_url,
        "HOSO_BLOB_URL": "memory://",
        "HOSO_CLIENT": str(data / "no-client"),
        "HOSO_ORIGIN": ORIGIN,
        **{f"HOSO_{name}": value for name, value in chosen.items()},
    }
    return read(environment)


test_settings.__test__ = False  # type: ignore[attr-defined]


class Running:
    """A started application: `state` as requests find it, `browser()` to talk to it."""

    def __init__(self, app: Starlette, state: Mapping[str, Any]) -> None:
        self.app = app
        self.state = state

    def browser(self, **headers: str) -> httpx2.AsyncClient:
        """A client with its own cookies, which tells its origin as a page of ours does."""

        async def with_state(scope: Any, receive: Any, send: Any) -> None:
            await self.app({**scope, "state": dict(self.state)}, receive, send)

        transport = httpx2.ASGITransport(app=with_state, raise_app_exceptions=False)
        return httpx2.AsyncClient(
            transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN, **headers}
        )


@contextlib.asynccontextmanager
async def running(app: Starlette) -> AsyncIterator[Running]:
    """Starts the application's lifespan here and ends it after."""
    async with app.router.lifespan_context(app) as state:
        yield Running(app, state or {})
