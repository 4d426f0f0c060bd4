"""The whole database as one file and back: a consistent copy made while others write.

SQLite copies itself in one read transaction; PostgreSQL's own `pg_dump` and `pg_restore` do it
there, in a format that newer servers read. Nothing here knows what the tables mean.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .database import sqlite_file
from .errors import Problem

SQLITE, POSTGRESQL = "hoso.db", "hoso.pgdump"
_INSTALLED = Path("/usr/lib/postgresql")


def file_name(database_url: str) -> str:
    """What the dump of this kind of database is called."""
    return SQLITE if database_url.startswith("sqlite:") else POSTGRESQL


def dump(database_url: str, target: Path) -> None:
    """Write the database, as it is at one moment, to `target`, which must not be there yet.

    Raises `backup-tool-missing`, `backup-tool-failed`.
    """
    file = sqlite_file(database_url)
    if file:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            database.execute("VACUUM INTO ?", (str(target),))
    else:
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
        _run("pg_dump", options, database_url)


def load(source: Path, database_url: str) -> None:
    """Make the database from a dump, whole or not at all; it must be empty.

    Raises `restore-target-used`, `backup-tool-missing`, `backup-tool-failed`.
    """
    file = sqlite_file(database_url)
    if file is None:
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        _run("pg_restore", [*options, "--dbname", _name(database_url), str(source)], database_url)
        return
    if file.exists():
        raise Problem("restore-target-used", {"place": str(file)})
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.restoring")
    draft.unlink(missing_ok=True)
    shutil.copyfile(source, draft)
    settle(draft)
    draft.replace(file)
    settle(file.parent)


def settle(path: Path) -> None:
    """File or folder is on the disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name(database_url: str) -> str:
    return unquote(urlsplit(database_url).path.strip("/"))


def _run(tool: str, options: list[str], database_url: str) -> None:
    parts = urlsplit(database_url)
    # By the environment, because a command line can be read by everybody on the machine.
    given = {
        "PGHOST": parts.hostname,
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": _name(database_url),
    }
    environment = os.environ | {name: value for name, value in given.items() if value}
    done = subprocess.run(  # noqa: S603 (the program is found by name, the options are ours)
        [_program(tool), *options],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no word"])[-1][:300]
        raise Problem("backup-tool-failed", {"tool": tool, "reason": reason})


def _program(tool: str) -> str:
    """The newest of the distribution's: an older one does not read a newer server."""
    found = sorted(
        (path for path in _INSTALLED.glob(f"*/bin/{tool}") if path.parts[-3].isdigit()),
        key=lambda path: int(path.parts[-3]),
    )
    program = str(found[-1]) if found else shutil.which(tool)
    if program is None:
        raise Problem("backup-tool-missing", {"tool": tool})
    return program
