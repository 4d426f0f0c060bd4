"""What the databases give when asked for nothing but the rows: the raw driver's group commit.

The same bytes as a kept mutation, `batch` rows a transaction, each transaction on the disk before
the next; one connection, no server, no checks. What Hoso reaches is told as a share of it.
"""

import asyncio
import contextlib
import os
import sqlite3
import time
import uuid
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # ships no types

ROW = 2_500
_TABLE = "(id CHAR(36) PRIMARY KEY, digest CHAR(64), receipt TEXT, signed {blob})"


def _rows(batch: int) -> list[tuple[str, str, str, bytes]]:
    signed = os.urandom(ROW)
    return [(str(uuid.uuid4()), "0" * 64, "x" * 700, signed) for _ in range(batch)]


def on_sqlite(folder: Path, batch: int, seconds: float) -> float:
    """Rows a second on SQLite with WAL and `synchronous=FULL`."""
    with contextlib.closing(sqlite3.connect(folder / "ceiling.db", isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute(f"CREATE TABLE IF NOT EXISTS ceiling {_TABLE.format(blob='BLOB')}")
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            raw.execute("BEGIN")
            raw.executemany("INSERT INTO ceiling VALUES (?, ?, ?, ?)", _rows(batch))
            raw.execute("COMMIT")
            count += batch
        return count / (time.perf_counter() - began)


def on_postgresql(address: str, batch: int, seconds: float) -> float:
    """Rows a second on PostgreSQL, one connection."""
    return asyncio.run(_on_postgresql(address, batch, seconds))


async def _on_postgresql(address: str, batch: int, seconds: float) -> float:
    raw = await asyncpg.connect(address)
    try:
        await raw.execute(f"CREATE TABLE IF NOT EXISTS ceiling {_TABLE.format(blob='BYTEA')}")
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            async with raw.transaction():
                await raw.executemany("INSERT INTO ceiling VALUES ($1, $2, $3, $4)", _rows(batch))
            count += batch
        return count / (time.perf_counter() - began)
    finally:
        await raw.close()
