"""Fixtures of the server's tests, built on `database_url` of the root conftest."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from server.app import application
from server.clock import FixedClock
from server.database import close_database, open_database
from server.services import Services, open_services
from server.settings import Settings

from .application import START, Running, running, test_settings


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a server of this test alone."""
    return test_settings(tmp_path / "data", database_url)


@pytest.fixture
def clock() -> FixedClock:
    """Stands at Monday 2026-11-23 09:00 in Vietnam until the test moves it."""
    return FixedClock(START)


@pytest.fixture
async def services(settings: Settings, clock: FixedClock) -> Services:
    """Services without a running application, for tests of actions."""
    return open_services(settings, clock)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Settings]:
    """A migrated, connected database, for tests that need no application."""
    try:
        await open_database(settings)
        yield settings
    finally:
        await close_database()


@pytest.fixture
async def server(settings: Settings, clock: FixedClock) -> AsyncIterator[Running]:
    """The whole application, started."""
    async with running(application(settings, clock)) as started:
        yield started


@pytest.fixture
async def browser(server: Running) -> AsyncIterator[httpx2.AsyncClient]:
    """One browser at the started application."""
    async with server.browser() as client:
        yield client
