"""The connection, the list of model modules, migration at start, and the transaction every action
runs in.

SQLite serves one process: one connection, WAL, `synchronous=FULL`, so that what is acknowledged is
on the disk. PostgreSQL serves
several. Migrations run under a lock, because several processes may start at once, and a SQLite file
is copied before it changes.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # ships no types
from asyncpg.pool import PoolConnectionProxy  # type: ignore[import-untyped]
from tortoise import Tortoise
from tortoise.backends.base.client import (
    BaseDBAsyncClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.backends.sqlite.client import SqliteTransactionContext
from tortoise.connection import get_connections
from tortoise.migrations.api import migrate as run_migrations
from tortoise.transactions import in_transaction

from .settings import Settings

MODELS = [
    "server.events",
    "server.identity.models",
    "server.forms.models",
    "server.attachments.models",
    "server.dossiers.models",
    "server.tracking.models",
    "server.rights.models",
    "server.notifications.models",
    "server.sync.models",
]
MIGRATION_LOCK = 727001
TRANSACTION = "default"
# Bytes that SQLite's log keeps when it begins anew: written over in place it reaches the disk in
# little more than half the time of a file that grows with every commit.
KEEP_THE_LOG = "journal_size_limit=16777216"
TAKE_WRITE_LOCK = "UPDATE chain_head SET seq = seq WHERE id = 0"


def configuration(database_url: str) -> dict[str, Any]:
    """Tortoise's configuration for one database."""
    told: str | dict[str, Any] = database_url
    if database_url.startswith("sqlite:"):
        joint = "&" if "?" in database_url else "?"
        told = f"{database_url}{joint}busy_timeout=5000&synchronous=FULL&{KEEP_THE_LOG}"
    elif database_url.startswith("postgres"):
        told = expand_db_url(database_url)
        told["credentials"]["reset"] = _leave_as_it_is
    return {
        "connections": {"default": told},
        "apps": {
            "hoso": {"models": MODELS, "migrations": "migrations", "default_connection": "default"}
        },
        "use_tz": True,
    }


async def _leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """Nothing is asked of a connection that comes back to the pool.

    No session of ours holds advisory locks, cursors, listeners or settings of its own, and an open
    transaction is rolled back before; to have all that cleared costs each query another trip.
    """


# What `tortoise makemigrations` reads; the server itself never uses this file.
TORTOISE_ORM = configuration("sqlite://data/hoso.db")


def sqlite_file(database_url: str) -> Path | None:
    """The database file when this is SQLite on disk."""
    if not database_url.startswith("sqlite://") or ":memory:" in database_url:
        return None
    return Path(database_url.removeprefix("sqlite://").partition("?")[0])


async def open_database(settings: Settings) -> None:
    """Migrate to the newest schema, then connect."""
    url = settings.database_url
    config = configuration(url)
    file = sqlite_file(url)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _file_lock(file.with_suffix(".lock")):
            await asyncio.to_thread(_copy_before_migration, file)
            await _migrate(config)
    elif url.startswith("postgres"):
        guard = await asyncpg.connect(url)
        try:
            await guard.execute("select pg_advisory_lock($1)", MIGRATION_LOCK)
            await _migrate(config)
        finally:
            await guard.close()
    else:
        await _migrate(config)
    await connect(settings)


async def connect(settings: Settings) -> None:
    """Connect to the database as it is."""
    # uvicorn runs requests outside the lifespan's context, so the connection must be found
    # globally.
    await Tortoise.init(config=configuration(settings.database_url), _enable_global_fallback=True)


async def close_database() -> None:
    """Close every connection; without it the process never ends."""
    await Tortoise.close_connections()


async def _migrate(config: dict[str, Any]) -> None:
    try:
        await run_migrations(config=config)
    finally:
        # Migration leaves Tortoise half initialised; only a closed and reopened one can query.
        await Tortoise.close_connections()


def _copy_before_migration(file: Path) -> None:
    """Keep a copy beside the database while migrations are pending, so that a failed one can be
    undone.
    """
    if not file.exists() or not _is_pending(file):
        return
    copy = file.with_name(f"{file.stem}.before-migration.db")
    copy.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("VACUUM INTO ?", (str(copy),))


def known_migrations() -> set[str]:
    """Names of the migrations this version brings."""
    folder = Path(__file__).resolve().parent.parent / "migrations"
    return {path.stem for path in folder.glob("[0-9]*.py")}


def _is_pending(file: Path) -> bool:
    with contextlib.closing(sqlite3.connect(file)) as database:
        try:
            done = {row[0] for row in database.execute("SELECT name FROM tortoise_migrations")}
        except sqlite3.OperationalError:
            return True
    return bool(known_migrations() - done)


@contextlib.contextmanager
def _file_lock(path: Path) -> Any:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.asynccontextmanager
async def transaction() -> AsyncIterator[BaseDBAsyncClient]:
    """One transaction.

    Check, change, append the event. Nothing is sent and no network awaited inside it.
    """
    context = in_transaction(TRANSACTION)
    try:
        async with context as connection:
            if connection.capabilities.dialect == "sqlite":
                # Begun with a read, a transaction fails at its first write when another process
                # (the command line beside the server) wrote meanwhile, however long it would have
                # waited.
                await connection.execute_query(TAKE_WRITE_LOCK)
            yield connection
    except BaseException:
        await _let_go(context)
        raise


async def _let_go(context: TransactionContext) -> None:
    """Give back what a transaction holds that could not begin or end: its connection died.

    The library leaves it so: the task would go on using the dead connection for ever, and a pool
    that is never given its connections back, or a lock, holds up everybody else. After a proper end
    there is nothing to do.
    """
    token = getattr(context, "token", None)
    is_left = token is not None and not token._used
    if isinstance(context, TransactionContextPooled):
        connection, pool = context.client._connection, context.client._parent._pool
        if pool and isinstance(connection, PoolConnectionProxy):
            with contextlib.suppress(Exception):
                await pool.release(connection)  # nothing, when it was released before
    elif isinstance(context, SqliteTransactionContext) and is_left:
        context._trxlock.release()
    if is_left:
        get_connections().reset(token)
