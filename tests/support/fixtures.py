"""Fixtures of the server's tests, built on `database_url` of the root conftest."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from server.app import application
from server.clock import FixedClock
from server.database import close_database, open_database
from server.services import Services, open_services
from server.settings import Settings

from .application import START, Running, running, test_settings
from .postgresql import ON_POSTGRESQL, command, own_database


@pytest.fixture
def settings(tmp_path: Path, migrated_url: str) -> Settings:
    """Settings of a server of this test alone."""
    return test_settings(tmp_path / "data", migrated_url)


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


@pytest.fixture(scope="session")
def migrated_template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Address of a database with the newest schema and no rows. Migrating is done once a run."""
    folder = tmp_path_factory.mktemp("template")
    url = f"sqlite://{folder / 'hoso.db'}"
    if ON_POSTGRESQL:
        cluster: str = request.getfixturevalue("postgresql_cluster")
        command(cluster, 'CREATE DATABASE "template_hoso"')
        url = f"{cluster}/template_hoso"
    prepared = test_settings(folder, url)

    async def migrate() -> None:
        try:
            await open_database(prepared)
        finally:
            await close_database()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(migrate())).result()
    return url


@pytest.fixture
def migrated_url(tmp_path: Path, migrated_template: str) -> Iterator[str]:
    """Address of the test's own database, with the newest schema and no rows."""
    if not ON_POSTGRESQL:
        shutil.copy(migrated_template.removeprefix("sqlite://"), tmp_path / "hoso.db")
        yield f"sqlite://{tmp_path / 'hoso.db'}"
        return
    cluster = migrated_template.rpartition("/")[0]
    with own_database(cluster, "template_hoso") as url:
        yield url
