"""The database: migrated at start, safe beside other processes, closed at the end."""

import asyncio
import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tortoise import connections

from server.database import (
    MODELS,
    close_database,
    configuration,
    open_database,
    sqlite_file,
    transaction,
)
from server.events import ChainHead
from server.identity.models import Commune
from server.settings import ROOT, Settings
from tests.support.application import test_settings


async def commune(code: str) -> Commune:
    return await Commune.create(
        code=code, name="Xã Thử", province_code="15", province_name="Tỉnh Lào Cai", agency_code="H"
    )


async def test_empty_database_is_migrated_and_opened_again_with_its_rows(
    tmp_path: Path, database_url: str
) -> None:
    settings = test_settings(tmp_path, database_url)
    for count in (1, 2):
        try:
            await open_database(settings)
            await commune(f"0000{count}")
            assert await Commune.all().count() == count
        finally:
            await close_database()


async def test_failed_transaction_leaves_nothing(database: Settings) -> None:
    async def fail() -> None:
        async with transaction():
            await commune("00001")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await Commune.all().count() == 0


async def test_failed_savepoint_leaves_the_rest(database: Settings) -> None:
    async def fail() -> None:
        async with transaction():
            await commune("00002")
            raise RuntimeError

    async with transaction():
        await commune("00001")
        with contextlib.suppress(RuntimeError):
            await fail()
    assert [unit.code for unit in await Commune.all()] == ["00001"]


@pytest.mark.parametrize("dying", [["begin"], ["commit", "rollback"]])
async def test_transactions_that_cannot_begin_or_end_hold_up_nobody(
    database: Settings, monkeypatch: pytest.MonkeyPatch, dying: list[str]
) -> None:
    async with transaction() as connection:
        kind = type(connection)

    async def die(connection: object) -> None:
        raise ConnectionError("connection was closed in the middle of operation")

    with monkeypatch.context() as patch:
        for step in dying:
            patch.setattr(kind, step, die)
        # More often than a pool has connections.
        for _ in range(12):
            with pytest.raises(ConnectionError):
                async with transaction():
                    pass
    async with asyncio.timeout(5):
        async with transaction():
            await commune("00001")
        assert await Commune.all().count() == 1


async def test_sqlite_waits_for_the_disk_and_keeps_foreign_keys(tmp_path: Path) -> None:
    settings = test_settings(tmp_path, f"sqlite://{tmp_path}/hoso.db")
    try:
        await open_database(settings)
        connection = connections.get("default")
        for pragma, value in (
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("journal_mode", "wal"),
            ("busy_timeout", 5000),
            ("journal_size_limit", 16 << 20),
        ):
            (row,) = await connection.execute_query_dict(f"PRAGMA {pragma}")
            assert next(iter(row.values())) == value
    finally:
        await close_database()


async def test_transaction_that_reads_first_holds_the_write_lock(tmp_path: Path) -> None:
    settings = test_settings(tmp_path, f"sqlite://{tmp_path}/hoso.db")
    try:
        await open_database(settings)
        async with transaction() as connection:
            assert await ChainHead.all().using_db(connection).count() == 0
            with contextlib.closing(sqlite3.connect(tmp_path / "hoso.db", timeout=0.05)) as other:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("UPDATE chain_head SET seq = seq + 1")
            await ChainHead.create(id=1, seq=0, hash="", using_db=connection)
    finally:
        await close_database()


async def test_copy_is_kept_when_migrations_are_pending(tmp_path: Path) -> None:
    settings = test_settings(tmp_path, f"sqlite://{tmp_path}/hoso.db")
    copy = tmp_path / "hoso.before-migration.db"
    try:
        await open_database(settings)
        await commune("00001")
        await close_database()
        assert not copy.exists()
        with contextlib.closing(sqlite3.connect(tmp_path / "hoso.db")) as database:
            database.execute("CREATE TABLE older AS SELECT * FROM commune")
            database.execute("DROP TABLE tortoise_migrations")
            database.commit()
        with contextlib.suppress(Exception):
            await open_database(settings)
    finally:
        await close_database()
    with contextlib.closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT code FROM older").fetchall() == [("00001",)]


async def test_processes_that_start_together_migrate_once(
    tmp_path: Path, database_url: str
) -> None:
    environment = {**os.environ, "HOSO_DATA": str(tmp_path), "HOSO_DATABASE_URL": database_url}

    async def migrate() -> tuple[int | None, bytes]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "server", "migrate"),
            cwd=ROOT,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told, _ = await process.communicate()
        return process.returncode, told

    for status, told in await asyncio.gather(*(migrate() for _ in range(3))):
        assert status == 0, told.decode()


def test_models_need_no_migration_that_is_not_written(tmp_path: Path) -> None:
    # In a copy, because the generator writes what it finds missing.
    for folder in ("server", "migrations"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=_all_but_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", "from tortoise.cli import main; main()", "makemigrations"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert "No changes detected" in done.stdout


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    return [n for n in names if not n.endswith(".py") and not (Path(folder) / n).is_dir()]


def test_every_model_is_listed() -> None:
    found = {
        "server." + ".".join(path.relative_to(ROOT / "server").with_suffix("").parts)
        for path in (ROOT / "server").rglob("*.py")
        if re.search(r"^class \w+\(Model\):", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert found == set(MODELS)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///srv/hoso.db", Path("/srv/hoso.db")),
        ("sqlite:///srv/hoso.db?cache_size=10", Path("/srv/hoso.db")),
        ("sqlite://:memory:", None),
        ("postgres://u@h/d", None),
    ],
)
def test_file_of_a_database_address(url: str, file: Path | None) -> None:
    assert sqlite_file(url) == file


def test_address_with_parameters_keeps_them() -> None:
    url = configuration("sqlite:///x.db?cache_size=10")["connections"]["default"]
    assert url == (
        "sqlite:///x.db?cache_size=10&busy_timeout=5000&synchronous=FULL"
        "&journal_size_limit=16777216"
    )
