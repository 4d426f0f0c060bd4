"""`python -m tests.bench growth`: what a dossier and the worklist cost as the years go by.

The database is filled with copies of a dossier that really was filed (mutation, event, dossier,
likeness, under new ids, spread over communes and states), by plain inserts; then the same number of
new dossiers is sent at each size, and the desk's list is read. SQLite, no browser.
"""

import argparse
import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.database import close_database, connect
from server.dossiers import queries
from server.dossiers.actions import Desk
from server.dossiers.working_days import calendar
from server.identity.backend import Visitor
from server.identity.models import Login, Person
from server.identity.permissions import Role
from server.settings import read

from .submissions import COMMUNE
from .throughput import Served, where

SIZES = (1_000, 10_000, 100_000, 1_000_000)
STEP = 5_000
# Of a hundred dossiers that lie there: most are done, a few are worked on.
STATES = ["returned"] * 90 + ["processing"] * 5 + ["received"] * 2 + ["submitted"] * 2
STATES += ["supplement"]
COMMUNES = [COMMUNE, *(f"{20_000 + at:05}" for at in range(99))]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure at each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench growth", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000, help="new dossiers at each size")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest size")
    given = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="hoso-growth-"))
    try:
        served = Served(folder, None)
        served.process.start()
        served.send(40, 20, 1)
        served.process.stop()
        print(where())
        print("\n| dossiers stored | new ones per core-second | p99 ms | worklist ms | search ms |")
        print("|---:|---:|---:|---:|---:|")
        for size in (one for one in SIZES if one <= given.most):
            fill(folder / "data" / "hoso.db", size)
            served.process.start()
            served.send(40, 20, 1)
            used = served.processor_seconds
            found = served.send(given.count, 20, 4)
            used = served.processor_seconds - used
            served.process.stop()
            environment = served.process.environment
            listed, searched = asyncio.run(looked_at(environment))
            print(
                f"| {size:,} | {given.count / used:,.0f} | {found.p99 * 1000:,.0f} "
                f"| {listed * 1000:,.1f} | {searched * 1000:,.1f} |",
                flush=True,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(database: Path, size: int) -> None:
    """Bring the number of dossiers to `size`."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as opened:
        opened.execute("PRAGMA synchronous=OFF")
        # Ids fall anywhere in the tables, so most of them are kept in memory meanwhile.
        opened.execute("PRAGMA cache_size=-1500000")
        (there,) = opened.execute("SELECT count(*) FROM dossier").fetchone()
        (seq,) = opened.execute("SELECT seq FROM chain_head WHERE id = 1").fetchone()
        rows = {table: sample(opened, table) for table in ("mutation", "dossier", "event")}
        for start in range(there, size, STEP):
            opened.execute("BEGIN")
            made = [
                copies(rows, at, seq + at - there + 1)
                for at in range(start, min(size, start + STEP))
            ]
            for table, row in rows.items():
                marks = ", ".join("?" * len(row))
                names = ", ".join(f'"{name}"' for name in row)
                statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 (names of ours)
                opened.executemany(statement, [tuple(one[table].values()) for one in made])
            opened.execute("COMMIT")
        if size > there:
            opened.execute("UPDATE chain_head SET seq = seq + ? WHERE id = 1", (size - there,))
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


Row = dict[str, object]


def sample(opened: sqlite3.Connection, table: str) -> Row:
    """A row that was really written."""
    name = "WHERE name = 'dossier.submitted'" if table == "event" else ""
    found = opened.execute(f'SELECT * FROM "{table}" {name} LIMIT 1')  # noqa: S608 (names of ours)
    return dict(zip((column[0] for column in found.description), found.fetchone(), strict=True))


def copies(rows: dict[str, Row], at: int, seq: int) -> dict[str, Row]:
    """One more dossier with its mutation and its event."""
    mutation, dossier = str(uuid.uuid4()), str(uuid.uuid4())
    commune, state = COMMUNES[at % len(COMMUNES)], STATES[at // len(COMMUNES) % len(STATES)]
    moment = (datetime.now(UTC) - timedelta(minutes=at % 500_000)).isoformat(" ")
    same = {"commune_code": commune}
    return {
        "mutation": {**rows["mutation"], **same, "id": mutation, "dossier_id": dossier},
        "dossier": {
            **rows["dossier"],
            **same,
            "id": dossier,
            "state": state,
            "last_seq": seq,
            "submitted_at": moment,
            "closed_at": moment if state == "returned" else None,
            "due_on": moment[:10] if state in ("received", "processing") else None,
            "device_id": f"phone-{at % 20_000}",
        },
        "event": {**rows["event"], **same, "seq": seq, "dossier_id": dossier},
    }


async def looked_at(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds of processor time for a clerk's worklist, and for a search by name."""
    told = {name: value for name, value in environment.items() if name.startswith("HOSO_")}
    await connect(read(told))
    try:
        person = Person(id=uuid.uuid4(), account="mot-cua", name="Lò Thị Mẫu")
        visitor = Visitor(person, (Role("clerk", COMMUNE),), Login(token_digest="0" * 64))
        desk = Desk(visitor, datetime.now(UTC), calendar())
        return (
            await least([queries.worklist(desk) for _ in range(3)]),
            await least([queries.worklist(desk, text="giang a") for _ in range(3)]),
        )
    finally:
        await close_database()


async def least(runs: Sequence[object]) -> float:
    """The least processor time of some runs, after one that warms up."""
    spent = []
    for run in runs:
        began = time.process_time()
        await run  # type: ignore[misc]  # a coroutine each
        spent.append(time.process_time() - began)
    return min(spent)


if __name__ == "__main__":
    main()
