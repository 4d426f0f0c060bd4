"""A whole transaction where the database is, instead of one trip there for each statement.

SQLite is asked on a thread of its own, and every statement costs two hand-overs between threads:
more than most statements themselves. Work that waits for nothing but the database is carried over
whole and runs there from its first statement to the commit. PostgreSQL is far away anyhow, and gets
an ordinary transaction.
"""

from __future__ import annotations

import contextlib
import contextvars
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from typing import Any, TypeVar, cast

from tortoise import connections
from tortoise.backends.base.client import (
    BaseDBAsyncClient,
    NestedTransactionContext,
    TransactionContext,
)
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from .database import TRANSACTION, transaction

T = TypeVar("T")
Work = Callable[[BaseDBAsyncClient], Coroutine[Any, Any, T]]


async def in_one_go(work: Work[T]) -> T:
    """What `work` gives, in one transaction of its own, lasting by then.

    `work` gets the connection and awaits nothing but queries on it: a lock, a timer, a request, or
    `save`, which calls listeners, is a `RuntimeError`, and nothing is kept. Raises what it raises.
    """
    client = connections.get(TRANSACTION)
    if not isinstance(client, SqliteClient) or isinstance(client, SqliteTransactionWrapper):
        async with transaction() as connection:
            return await work(connection)
    async with client.acquire_connection() as thread:
        direct = _Direct(client)
        token = get_connections().set(TRANSACTION, direct)
        try:
            context = contextvars.copy_context()
        finally:
            get_connections().reset(token)
        # One task in the thread's line: whoever comes after it finds the transaction ended, even
        # when nobody waits for this one any more.
        carried = cast(Awaitable[T], thread._execute(context.run, _run, direct.raw, work(direct)))
        return await carried


class _Direct(SqliteTransactionWrapper):
    """The connection as its own thread sees it: nothing is waited for."""

    def __init__(self, client: SqliteClient) -> None:
        super().__init__(client)
        self._client = client
        self.raw: sqlite3.Connection = self._connection._conn

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(_Direct(self._client))

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        with _told():
            return self.raw.execute(query, values).lastrowid or 0

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        with _told():
            self.raw.executemany(query, values)

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[Any]]:
        with _told():
            before = self.raw.total_changes
            rows = self.raw.execute(query, values or ()).fetchall()
            return (self.raw.total_changes - before) or len(rows), rows

    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        _, rows = await self.execute_query(query, values)
        return [dict(row) for row in rows]

    async def savepoint(self) -> None:
        self.raw.execute("SAVEPOINT inner_part")

    async def savepoint_rollback(self) -> None:
        self.raw.execute("ROLLBACK TO inner_part")
        self.raw.execute("RELEASE inner_part")

    async def release_savepoint(self) -> None:
        self.raw.execute("RELEASE inner_part")


def _run(raw: sqlite3.Connection, work: Coroutine[Any, Any, T]) -> T:
    """The transaction, on the database's thread."""
    try:
        with _told():
            # The write lock at once: begun with a read, it could not be had later.
            raw.execute("BEGIN IMMEDIATE")
        result = _through(work)
        with _told():
            raw.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            raw.rollback()
        raise
    finally:
        work.close()
    return result


def _through(work: Coroutine[Any, Any, T]) -> T:
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise RuntimeError("a transaction in one go waited for something else than the database")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Faults of the database as the models tell them."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
