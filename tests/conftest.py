"""What all test suites share: an empty database for a test that asks for one.

`HOSO_TEST_DATABASE=postgresql` runs the same tests on PostgreSQL; tests that touch no database have
nothing new to say there and are left out of that run. The two never meet in one process.
"""

import asyncio
import os
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest

from tests.support.postgresql import temporary_cluster

pytest_plugins = ["tests.support.fixtures"]

ON_POSTGRESQL = os.environ.get("HOSO_TEST_DATABASE", "sqlite") == "postgresql"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not ON_POSTGRESQL:
        return
    asking = [item for item in items if "database_url" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = asking


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[str]:
    """Address of a cluster for this run, without a database name; asked for on PostgreSQL only."""
    with temporary_cluster() as address:
        yield address


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database, for HOSO_DATABASE_URL; it is gone after the test."""
    if not ON_POSTGRESQL:
        yield f"sqlite://{tmp_path / 'hoso.db'}"
        return
    address: str = request.getfixturevalue("postgresql_cluster")
    name = f"t{uuid.uuid4().hex}"
    _command(address, f'CREATE DATABASE "{name}"')
    yield f"{address}/{name}"
    _command(address, f'DROP DATABASE "{name}" WITH (FORCE)')


def _command(address: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(f"{address}/postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    # In a thread of its own: the test that asks may already run inside a loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(run())).result()
