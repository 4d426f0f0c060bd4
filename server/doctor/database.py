"""The database itself: does it open, is it whole, is its schema ours, is the event log unbroken."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from pathlib import Path

from tortoise import connections
from tortoise.exceptions import BaseORMException

from .. import events
from ..database import known_migrations, sqlite_file
from ..settings import Settings
from .findings import Finding

_RESTORE = "Stop the server and restore the newest backup (docs/operations.md)."


async def file_findings(settings: Settings) -> list[Finding]:
    """SQLite's own look at its file; nothing on PostgreSQL, which checks its pages itself."""
    file = sqlite_file(settings.database_url)
    if file is None:
        return []
    if not file.exists():
        advice = "Run `hoso migrate` for a new installation, or `hoso restore` for an old one."
        return [Finding("database", "fault", f"There is no database at {file}.", advice)]
    wrong = await asyncio.to_thread(_integrity, file)
    what = "The database file is damaged."
    return [Finding("database", "fault", what, _RESTORE, len(wrong), wrong[:5])] if wrong else []


def _integrity(file: Path) -> list[str]:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check(20)")]
            lost = database.execute("PRAGMA foreign_key_check").fetchmany(20)
    except sqlite3.DatabaseError as error:
        return [str(error)]
    wrong = [one for one in said if one != "ok"]
    return wrong + [f"{table} {row} refers to a missing {parent}" for table, row, parent, _ in lost]


async def schema_findings() -> list[Finding]:
    """Whether every migration of this version was made, and none of a newer one."""
    try:
        rows = await connections.get("default").execute_query_dict(
            "SELECT name FROM tortoise_migrations"
        )
    except (BaseORMException, OSError) as error:
        advice = "Check HOSO_DATABASE_URL and that the database server runs; else `hoso migrate`."
        return [Finding("schema", "fault", f"The database cannot be read: {error}", advice)]
    done, known = {row["name"] for row in rows}, known_migrations()
    if done - known:
        what = "The database was changed by a newer version of Hoso."
        advice = "Run that version, or restore a backup made before."
        return [Finding("schema", "fault", what, advice, 1, sorted(done - known))]
    if known - done:
        what, advice = "The schema is not the newest.", "Run `hoso migrate`, or start the server."
        return [Finding("schema", "fault", what, advice, 1, sorted(known - done))]
    return []


async def log_findings() -> list[Finding]:
    """Whether any event was changed, removed or put in between."""
    broken = await events.verify()
    if broken is None:
        return []
    what = f"The event log does not hold from event {broken} on: it was changed or cut."
    advice = "Keep a copy as evidence, find out who could write to the database, compare backups."
    return [Finding("log", "fault", what, advice, 1, [str(broken)])]
