"""The raw driver in the same tables: rows that the server wrote, taken by nothing but the database.

A twin of the server's database, empty but for what was published, with all its indexes. Rows are
read where the server put them, grouped as they were settled, and written by the driver's own
`executemany`, one transaction a group, the head of the event log moved along as the server does.
"""

import abc
import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # ships no types

TABLES = {
    "mutation": "dossier_id",
    "event": "dossier_id",
    "dossier": "id",
    "likeness": "dossier_id",
}
HEAD = "UPDATE chain_head SET seq = {} WHERE id = 1"
# What is written in one transaction: rows by table.
Group = dict[str, list[tuple[Any, ...]]]


class Raw(abc.ABC):
    """Reads new rows where the server writes, and writes them into the twin."""

    def __init__(self) -> None:
        self.seen = 0
        self.names: dict[str, list[str]] = {}

    @abc.abstractmethod
    async def read(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        """Rows of the server's database."""

    @abc.abstractmethod
    async def write(self, group: Group, seq: int) -> None:
        """One transaction, on the disk at its end."""

    async def begin(self) -> None:
        """Leave out what is there already."""
        (row,) = await self.read("SELECT seq FROM chain_head WHERE id = 1")
        self.seen = int(row["seq"])

    async def taken(self, size: int) -> list[tuple[Group, int]]:
        """The rows that came since the last call, `size` dossiers a group, and each group's end."""
        found = await self.read(f"SELECT * FROM event WHERE seq > {self.seen} ORDER BY seq")  # noqa: S608 (a number)
        order = [str(event["dossier_id"]) for event in found]
        ends = {str(event["dossier_id"]): int(event["seq"]) for event in found}
        rows: dict[str, defaultdict[str, list[tuple[Any, ...]]]] = {}
        for table, column in TABLES.items():
            rows[table] = defaultdict(list)
            for row in await self.read(f'SELECT * FROM "{table}"'):  # noqa: S608 (names of ours)
                if str(row[column]) in ends:
                    self.names[table] = list(row)
                    rows[table][str(row[column])].append(tuple(row.values()))
        self.seen = max(ends.values())
        return [
            (
                {table: [row for id_ in ids for row in rows[table][id_]] for table in TABLES},
                ends[ids[-1]],
            )
            for ids in (order[at : at + size] for at in range(0, len(order), size))
        ]

    def insert(self, table: str, mark: str) -> str:
        """The statement that writes a row; `mark` is what stands for a value."""
        names = self.names[table]
        listed = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join(mark.format(at) for at in range(1, len(names) + 1))
        return f'INSERT INTO "{table}" ({listed}) VALUES ({marks})'  # noqa: S608 (names of ours)


class _Sqlite(Raw):
    def __init__(self, here: sqlite3.Connection, twin: sqlite3.Connection) -> None:
        super().__init__()
        self.here, self.twin = here, twin

    async def read(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        found = self.here.execute(statement, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

    async def write(self, group: Group, seq: int) -> None:
        self.twin.execute("BEGIN IMMEDIATE")
        for table, rows in group.items():
            self.twin.executemany(self.insert(table, "?"), rows)
        self.twin.execute(HEAD.format("?"), (seq,))
        self.twin.execute("COMMIT")


class _Postgresql(Raw):
    def __init__(self, here: Any, twin: Any) -> None:
        super().__init__()
        self.here, self.twin = here, twin

    async def read(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in await self.here.fetch(statement, *values)]

    async def write(self, group: Group, seq: int) -> None:
        async with self.twin.transaction():
            for table, rows in group.items():
                await self.twin.executemany(self.insert(table, "${}"), rows)
            await self.twin.execute(HEAD.format("$1"), seq)


@contextlib.asynccontextmanager
async def on_sqlite(here: Path, twin: Path) -> AsyncIterator[Raw]:
    """The twin as the server opens its own: WAL, `synchronous=FULL`, foreign keys."""
    with contextlib.ExitStack() as stack:
        opened = [
            stack.enter_context(contextlib.closing(sqlite3.connect(path, isolation_level=None)))
            for path in (here, twin)
        ]
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            opened[1].execute(f"PRAGMA {pragma}")
        yield _Sqlite(opened[0], opened[1])


@contextlib.asynccontextmanager
async def on_postgresql(here: str, twin: str) -> AsyncIterator[Raw]:
    """One connection to each."""
    opened = [await asyncpg.connect(address) for address in (here, twin)]
    try:
        yield _Postgresql(opened[0], opened[1])
    finally:
        for one in opened:
            await one.close()
