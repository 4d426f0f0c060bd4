"""`python -m tests.bench storm`: the signal comes back and a thousand phones send at once.

Each phone has its own key, its own connection and five dossiers of sixty answers in one request.
Who is told to come later does so, when it is told. Then every dossier is looked for: none may be
missing, none there twice. Needs no browser.
"""

import argparse
import asyncio
import contextlib
import json
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from server import base64url
from tests.support.phones import Phone

from .callers import answer, syncs
from .rates import PAGE, keep, where
from .submissions import sealed
from .throughput import Served

MOST_TRIES = 100


@dataclass
class Storm:
    """What became of it; `times` are seconds until a phone had all its verdicts."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    told_to_wait: int = 0

    def within(self, share: float) -> float:
        """The seconds in which this share of the phones was done."""
        return sorted(self.times)[max(0, int(len(self.times) * share) - 1)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Raise a storm and tell of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench storm", description=__doc__)
    parser.add_argument("--phones", type=int, default=1_000)
    parser.add_argument("--each", type=int, default=5, help="dossiers a phone")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/")
    given = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="hoso-storm-"))
    try:
        served = Served(folder, None)
        served.process.start()
        try:
            requests = prepared(served, given.phones, given.each)
            served.send(40, 20, 1)
            used = served.processor_seconds
            storm = asyncio.run(raised(served.process.port, requests))
            used = served.processor_seconds - used
            memory = served.peak_memory
        finally:
            served.process.stop()
        count = given.phones * given.each
        lost, doubled = counted(folder / "data" / "hoso.db", count + 40)
        told = (
            f"{given.phones:,} phones with {given.each} dossiers each at once: all receipted after "
            f"{storm.seconds:.1f} s ({count / storm.seconds:,.0f}/s by the clock, "
            f"{count / used:,.0f} per core-second); half of the phones after "
            f"{storm.within(0.5):.1f} s, 99 of 100 after {storm.within(0.99):.1f} s; told to come "
            f"later {storm.told_to_wait:,} times; verdicts {dict(storm.verdicts)}; "
            f"lost {lost}, doubled {doubled}; most memory of the server {memory:,.0f} MiB"
        )
        keep(PAGE, "storm", f"{where()}\n\n{told}.", is_written=given.write)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prepared(served: Served, phones: int, each: int) -> list[bytes]:
    """One request a phone, sealed before the clock starts."""
    requests = []
    for seed in range(phones):
        phone = Phone()
        envelopes = sealed(served.keyring, phone, served.form, each, 1_000 + seed)
        key = base64url.encode(phone.point)
        requests += syncs(served.process.port, key, envelopes, each)
    return requests


async def raised(port: int, requests: Sequence[bytes]) -> Storm:
    """All phones at once, each until it has its verdicts."""
    storm = Storm()
    began = time.perf_counter()

    async def phone(content: bytes) -> None:
        for _ in range(MOST_TRIES):
            try:
                status, body, headers = await exchange(port, content)
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(1)
                continue
            if status == 200:
                storm.verdicts.update(one["verdict"] for one in json.loads(body)["verdicts"])
                storm.times.append(time.perf_counter() - began)
                return
            storm.told_to_wait += 1
            await asyncio.sleep(float(headers.get("retry-after", "1")))
        storm.verdicts["gave up"] += 1

    await asyncio.gather(*(phone(content) for content in requests))
    storm.seconds = time.perf_counter() - began
    return storm


async def exchange(port: int, content: bytes) -> tuple[int, bytes, dict[str, str]]:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(content)
        return await answer(reader)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def counted(database: Path, expected: int) -> tuple[int, int]:
    """How many dossiers are missing, and how many events of filing are too many."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        (dossiers,) = opened.execute("SELECT count(*) FROM dossier").fetchone()
        filed = "SELECT count(*) FROM event WHERE name = 'dossier.submitted'"
        (events,) = opened.execute(filed).fetchone()
    return expected - dossiers, events - dossiers


if __name__ == "__main__":
    main()
