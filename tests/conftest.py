"""What all test suites share: an empty database for a test that asks for one.

`HOSO_TEST_DATABASE=postgresql` runs the same tests on PostgreSQL; tests that touch no database have
nothing new to say there and are left out of that run. The two never meet in one process.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgresql import ON_POSTGRESQL, own_database, temporary_cluster

pytest_plugins = ["tests.support.fixtures"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not ON_POSTGRESQL:
        return
    databases = {"database_url", "migrated_url"}
    asking = [item for item in items if databases & {*getattr(item, "fixturenames", ())}]
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
    with own_database(address) as url:
        yield url
