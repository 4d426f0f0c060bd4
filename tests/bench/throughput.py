"""`python -m tests.bench throughput`: how many dossiers a second one server process takes.

The whole way counts: opened, signature checked, answers validated, on the disk, receipt signed. A
form of sixty answers, no photos; nothing is read back. Beside the rate by the clock stands the rate
by the server's own processor time, which other work on the machine does not bend. Needs no browser.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec

from server import base64url
from server.keyring import Keyring, open_keyring
from server.settings import ROOT
from tests.support.phones import Phone
from tests.support.postgresql import own_database, temporary_cluster
from tests.support.server_process import ServerProcess

from . import ceilings, storage
from .callers import Drive, drive, request, syncs
from .cores import one_core_for
from .rates import PAGE, SLOWER, Measured, Result, keep, table, where
from .slow_disk import behind, run_again_on
from .submissions import COMMUNE, sealed, write_procedure

# Callers, and dossiers each brings at a time.
LINES = ((1, 1), (8, 1), (64, 1), (1, 20), (8, 20), (64, 20))
SLOW_LINES = ((64, 1), (8, 20), (64, 20))
TICKS = os.sysconf("SC_CLK_TCK")


# Of each line, the best by processor time counts: what else a shared machine does only slows down.
ROUNDS = 5
# Dossiers that one phone brings, below what it may within a minute.
A_PHONE = 200


class Served:
    """A real server with the procedure published, and its processor time and memory."""

    def __init__(self, folder: Path, database_url: str | None) -> None:
        chosen = {"DATABASE_URL": database_url} if database_url else {}
        self.process = ServerProcess(folder / "data", LOG_LEVEL="warning", **chosen)
        self.form = write_procedure(folder / "do-toc-do")
        self.process.command("communes", "add", COMMUNE, "--agency", f"H38.{COMMUNE}")
        self.process.command("forms", "publish", str(folder / "do-toc-do"))
        self.seed = 0

    @property
    def keyring(self) -> Keyring:
        """The server's own keys."""
        return open_keyring(self.process.data / "keys")

    def send(self, count: int, batch: int, callers: int) -> Drive:
        """Deliver so many new dossiers, from as many phones as it takes (`server/turns`)."""
        requests: list[bytes] = []
        for first in range(0, count, A_PHONE):
            self.seed += 1
            phone = Phone()
            number = min(A_PHONE, count - first)
            envelopes = sealed(self.keyring, phone, self.form, number, self.seed)
            requests += syncs(self.process.port, base64url.encode(phone.point), envelopes, batch)
        return drive(self.process.port, requests, callers)

    def bare(self, count: int, callers: int) -> float:
        """Requests a second of an address that does next to nothing."""
        asked = [request(self.process.port, "/health")] * count
        return count / drive(self.process.port, asked, callers).seconds

    @property
    def processor_seconds(self) -> float:
        """Processor time used so far, user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def peak_memory(self) -> float:
        """The most memory held so far, in MiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench throughput", description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="dossiers of each line")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--slow-disk", type=float, metavar="MS", help="added to every fsync")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/")
    parser.add_argument("--into", type=Path, help="some lines of one database alone, as JSON")
    given = parser.parse_args(arguments)
    if given.slow_disk:
        told = list(sys.argv[1:] if arguments is None else arguments)
        run_again_on(given.slow_disk, "tests.bench.throughput", told)
    names = [given.only] if given.only else ["sqlite", "postgresql"]
    if given.into:
        found = measured(names[0], given.count, SLOW_LINES)
        given.into.write_bytes(msgspec.json.encode(found))
        return
    found_all = [everything(name, given.count) for name in names]
    tables = "\n\n".join([where(), *map(table, found_all)])
    keep(PAGE, "throughput", tables, is_written=given.write)


def everything(name: str, count: int) -> Measured:
    """All lines of one database, its storage step, and the main lines on a slow disk."""
    found = measured(name, count, LINES)
    with tempfile.TemporaryDirectory(prefix="hoso-storage-") as made, _address(name) as address:
        folder = Path(made)
        served = Served(folder, address)
        steps = storage.measured(served.process.environment, folder, served.form, address)
    with tempfile.TemporaryDirectory(prefix="hoso-slow-") as made:
        into = Path(made) / "told.json"
        told = ["--only", name, "--count", str(count // 2), "--into", str(into)]
        command = [sys.executable, "-m", "tests.bench.throughput", *told]
        subprocess.run(command, check=True, cwd=ROOT, env=behind(SLOWER))
        slow = msgspec.json.decode(into.read_bytes(), type=Measured)
    return replace(found, steps=steps, slow=slow)


def measured(name: str, count: int, lines: Sequence[tuple[int, int]]) -> Measured:
    """Some lines of one database: (callers, dossiers each)."""
    folder = Path(tempfile.mkdtemp(prefix="hoso-throughput-"))
    try:
        with _address(name) as address:
            served = Served(folder, address)
            served.process.start()
            try:
                with one_core_for(served.process.pid):
                    served.send(40, 20, 1)
                    results = [_measure(served, count, batch, callers) for callers, batch in lines]
                    bare = served.bare(2_000, 8)
                memory = served.peak_memory
            finally:
                served.process.stop()
            limits = {
                batch: ceilings.on_postgresql(address, batch, 2)
                if address
                else ceilings.on_sqlite(folder, batch, 2)
                for batch in sorted({batch for _, batch in lines})
            }
        return Measured(name, results, limits, bare, memory)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _address(name: str) -> Iterator[str | None]:
    if name == "sqlite":
        yield None
        return
    with temporary_cluster(is_durable=True) as cluster, own_database(cluster) as address:
        yield address


def _measure(served: Served, count: int, batch: int, callers: int) -> Result:
    # One caller with singles waits for the disk each time; fewer tell as much.
    count = max(count // 4, 20) if batch * callers == 1 else count
    rounds = [_round(served, count, batch, callers) for _ in range(ROUNDS)]
    result = max(rounds, key=lambda one: one.by_core)
    print(f"{callers:3} callers, {batch:2} each: {result.rate:6.0f}/s", flush=True)
    return result


def _round(served: Served, count: int, batch: int, callers: int) -> Result:
    used = served.processor_seconds
    found = served.send(count, batch, callers)
    used = served.processor_seconds - used
    if found.verdicts != {"applied": count}:
        raise RuntimeError(f"{callers} callers, {batch} each: {dict(found.verdicts)}")
    return Result(callers, batch, count / found.seconds, count / used, found.p99)


if __name__ == "__main__":
    main()
