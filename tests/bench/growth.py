"""`python -m tests.bench growth`: what a dossier and the worklist cost as the years go by.

The database is filled with copies of a dossier that really was filed (mutation, event, dossier,
likeness, under new ids, spread over communes and states), by plain inserts; then new dossiers are
sent at each size, three times the same number, and the desk's list is read. What took least
processor time counts. SQLite, no browser; a million need 10 GB beside the temporary files.
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
from datetime import UTC, datetime
from pathlib import Path

from server.database import close_database, connect
from server.dossiers import queries
from server.dossiers.actions import Desk
from server.dossiers.working_days import calendar
from server.identity.backend import Visitor
from server.identity.models import Login, Person
from server.identity.permissions import Role
from server.settings import read

from .rates import PAGE, keep, where
from .submissions import COMMUNE
from .throughput import Served

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


def uuid_of(drawn: str) -> str:
    """The text of an identifier, of 32 hex digits."""
    parts = (f"substr({drawn}, {start}, {length})" for start, length in _PARTS)
    return " || '-' || ".join(parts)


# A hundred communes; of a hundred dossiers most are done, a few are worked on.
_MADE = f"""
CREATE TEMP TABLE made AS
WITH RECURSIVE counted(at) AS (
  SELECT :first UNION ALL SELECT at + 1 FROM counted WHERE at + 1 < :end
), drawn AS (
  SELECT at, at + :before AS seq, at % 100 AS place, at / 100 % 100 AS turn,
    lower(hex(randomblob(16))) AS one, lower(hex(randomblob(16))) AS other,
    lower(hex(randomblob(16))) AS third, upper(hex(randomblob(26))) AS drawn,
    datetime('now', '-' || (at % 500000) || ' minutes') || '+00:00' AS moment
  FROM counted
)
SELECT seq, moment, drawn, 'phone-' || (at % 20000) AS device,
  {uuid_of("one")} AS mutation, {uuid_of("other")} AS dossier, {uuid_of("third")} AS likeness,
  CASE place WHEN 0 THEN '{COMMUNE}' ELSE printf('%05d', 19999 + place) END AS commune,
  CASE WHEN turn < 90 THEN 'returned' WHEN turn < 95 THEN 'processing'
    WHEN turn < 97 THEN 'received' WHEN turn < 99 THEN 'submitted' ELSE 'supplement' END AS state
FROM drawn
"""  # noqa: S608 (names of ours)
# What differs from the row that is copied.
_OWN = {
    "mutation": {"id": "mutation", "dossier_id": "dossier", "commune_code": "commune"},
    "dossier": {
        "id": "dossier",
        "code": "'HS-' || substr(drawn, 1, 4) || '-' || substr(drawn, 5, 4)",
        "commune_code": "commune",
        "state": "state",
        "last_seq": "seq",
        "submitted_at": "moment",
        "closed_at": "CASE state WHEN 'returned' THEN moment END",
        "due_on": "CASE WHEN state IN ('received', 'processing') THEN substr(moment, 1, 10) END",
        "device_id": "device",
    },
    "event": {"seq": "seq", "dossier_id": "dossier", "commune_code": "commune"},
    "likeness": {"id": "likeness", "print": "substr(drawn, 9, 43)", "dossier_id": "dossier"},
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure at each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench growth", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000, help="new dossiers, three times")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest size")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/")
    given = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="hoso-growth-"))
    try:
        served = Served(folder, None)
        served.process.start()
        served.send(40, 20, 1)
        served.process.stop()
        table = [where(), "", f"| {' | '.join(_HEADS)} |", f"|{'---:|' * len(_HEADS)}"]
        first = 0.0
        for size in (one for one in SIZES if one <= given.most):
            fill(folder / "data" / "hoso.db", size)
            rate, p99, memory = sent(served, given.count)
            first = first or rate
            listed, searched = asyncio.run(looked_at(served.process.environment))
            cells = [f"{size:,}", f"{rate:,.0f}", f"{first / rate:.2f}", f"{p99 * 1000:,.0f}"]
            cells += [f"{listed * 1000:,.1f}", f"{searched * 1000:,.1f}", f"{memory:,.0f}"]
            table.append(f"| {' | '.join(cells)} |")
            print(table[-1], flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    keep(PAGE, "growth", "\n".join(table), is_written=given.write)


_HEADS = (
    *("dossiers stored", "new ones per core-second", "cost to the first", "p99 ms"),
    *("worklist ms", "search ms", "most memory MiB"),
)


def sent(served: Served, count: int) -> tuple[float, float, float]:
    """The best of three: new dossiers per core-second, the 99th request's seconds, and memory."""
    found = []
    served.process.start()
    try:
        served.send(40, 20, 1)
        for _ in range(3):
            used = served.processor_seconds
            drive = served.send(count, 20, 4)
            if drive.verdicts != {"applied": count}:
                raise RuntimeError(str(dict(drive.verdicts)))
            found.append((count / (served.processor_seconds - used), drive.p99))
        return *max(found), served.peak_memory
    finally:
        served.process.stop()


def fill(database: Path, size: int) -> None:
    """Bring the number of dossiers to `size`, with all that belongs to each."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as opened:
        # Ids fall anywhere in the tables, so most of them are kept in memory meanwhile.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1500000"):
            opened.execute(f"PRAGMA {pragma}")
        (there,) = opened.execute("SELECT count(*) FROM dossier").fetchone()
        if size > there:
            (seq,) = opened.execute("SELECT seq FROM chain_head WHERE id = 1").fetchone()
            opened.execute("BEGIN")
            opened.execute(_MADE, {"first": there, "end": size, "before": seq - there + 1})
            for table, own in _OWN.items():
                row = sample(opened, table)
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(own.get(name, "?") for name in row)
                kept = [value for name, value in row.items() if name not in own]
                statement = f'INSERT INTO "{table}" ({names}) SELECT {values} FROM made'  # noqa: S608 (names of ours)
                opened.execute(statement, kept)
            opened.execute("DROP TABLE made")
            opened.execute("UPDATE chain_head SET seq = seq + ? WHERE id = 1", (size - there,))
            opened.execute("COMMIT")
        opened.execute("PRAGMA journal_mode=WAL")


def sample(opened: sqlite3.Connection, table: str) -> dict[str, object]:
    """A row that was really written."""
    name = "WHERE name = 'dossier.submitted'" if table == "event" else ""
    found = opened.execute(f'SELECT * FROM "{table}" {name} LIMIT 1')  # noqa: S608 (names of ours)
    return dict(zip((column[0] for column in found.description), found.fetchone(), strict=True))


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
