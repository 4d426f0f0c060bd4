"""Many histories one after another or at once, and what they came to: lost, doubled, stuck.

`in_process` plays them exactly, in shards of one process each. `with_kills` plays them dozens at a
time against a real server behind a proxy that breaks things, and ends that server at random moments
as a power cut would.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from server.clock import SystemClock
from server.doctor.examination import examine
from tests.support.fault_proxy import FaultProxy, Weather
from tests.support.server_process import ServerProcess, free_port

from .history import History
from .verdicts import Broken
from .worlds import World, inside, outside, prepare, settings_inside

SHARD = 250
AT_ONCE = 24
KINDS = ("lost", "doubled", "stuck", "surprise")
# One request in six meets a fault; none changes what is sent, because nothing would notice a
# change but the page's own digest: that is put to the proof in the exact histories.
ROUGH = Weather(
    {"pass": 50, "drop": 2, "stall": 1, "cut up": 2, "cut down": 3, "twice": 2, "captive": 1},
    longest_stall=0.5,
)


@dataclass
class Result:
    """What was done, and each history that broke a promise, by its seed."""

    histories: int = 0
    kills: int = 0
    done: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, count: int, everybody: asyncio.Future[list[None]]) -> None:
        """Wait until more than `count` histories have begun, or everybody has ended."""
        while self.histories <= count and not everybody.done():
            self.begun.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.begun.wait(), 1)

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept."""
        return not self.broken and not self.findings

    def add(self, other: Result) -> None:
        """Both together."""
        self.histories += other.histories
        self.kills += other.kills
        self.done += other.done
        self.broken += other.broken
        self.findings += other.findings

    def report(self) -> str:
        """Counts, then everything that is wrong with the seed to see it again."""
        kinds = Counter(kind for _, kind, _ in self.broken)
        counts = ", ".join(f"{kind} {kinds[kind]}" for kind in KINDS)
        lines = [f"{self.histories} histories, {self.kills} kills: {counts}"]
        lines += [f"  {count:>9,} {what}" for what, count in self.done.most_common()]
        lines += [f"seed {seed}: {kind}: {what}" for seed, kind, what in self.broken[:300]]
        return "\n".join([*lines, *self.findings])


def in_process(seeds: range, jobs: int = 1, folder: Path | None = None) -> Iterator[Result]:
    """The result of each shard as it ends. `folder`: where the shards' data lies meanwhile."""
    shards = [seeds[at : at + SHARD] for at in range(0, len(seeds), SHARD)]
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for ended in as_completed([pool.submit(shard, one, folder) for one in shards]):
            yield ended.result()


def shard(seeds: Iterable[int], folder: Path | None = None) -> Result:
    """Histories in this process, one after another, over one database."""
    with _folder(folder) as place:
        return asyncio.run(_shard(seeds, place, f"sqlite://{place / 'hoso.db'}"))


async def _shard(seeds: Iterable[int], folder: Path, database_url: str) -> Result:
    result = Result()
    settings = settings_inside(folder, database_url)
    async with inside(settings) as world:
        await play(world, seeds, result)
        now = world.now()
    found = await examine(settings, now, lambda *_: None, is_thorough=True)
    result.findings += [str(one) for one in found if one.level == "fault"]
    return result


async def play(world: World, seeds: Iterable[int], result: Result) -> None:
    """Each history in turn; one that breaks does not stop the others."""
    for seed in seeds:
        result.histories += 1
        result.begun.set()
        try:
            result.done += await History(world, seed).play()
        except Broken as broken:
            result.broken.append((seed, broken.kind, str(broken)))
        except Exception as error:
            result.broken.append((seed, "surprise", f"{type(error).__name__}: {error}"))


async def with_kills(seeds: range, folder: Path, *, kills: int, database_url: str = "") -> Result:
    """Histories at once against one server process, killed so many times on the way.

    `folder` is empty, or holds what `prepare` made.
    """
    proxy = FaultProxy(free_port(), ROUGH, seed=seeds[0])
    chosen = {"DATABASE_URL": database_url} if database_url else {}
    server = ServerProcess(folder / "data", proxy.target, ORIGIN="http://localhost:8000", **chosen)
    if not (folder / "procedure").exists():
        prepare(server, folder / "procedure")
    server.start()
    result, waiting = Result(), list(reversed(seeds))
    try:
        async with proxy, outside(server, folder / "procedure", proxy.port) as world:

            async def player() -> None:
                while waiting:
                    await play(world, [waiting.pop()], result)

            players = [asyncio.create_task(player()) for _ in range(min(AT_ONCE, len(seeds)))]
            everybody = asyncio.gather(*players)
            chance = random.Random(seeds[0])
            for reached in sorted(chance.sample(range(len(seeds)), min(kills, len(seeds)))):
                await result.until(reached, everybody)
                await asyncio.sleep(chance.uniform(0, 0.3))
                if everybody.done():
                    break
                world.uptime.end()
                await asyncio.to_thread(server.kill)
                result.kills += 1
                await asyncio.to_thread(server.start)
                world.uptime.begin()
            await everybody
            result.done += proxy.done
    finally:
        server.stop()
    await _examine(server, result, database_url)
    return result


async def _examine(server: ServerProcess, result: Result, database_url: str) -> None:
    settings = settings_inside(server.data, database_url or f"sqlite://{server.data / 'hoso.db'}")
    now = SystemClock().now()
    found = await examine(settings, now, lambda *_: None, is_thorough=True)
    result.findings += [str(one) for one in found if one.level == "fault"]
    if "deadlock" in server.printed():
        result.findings.append("the server's log tells of a deadlock")


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="hoso-torture-", dir=parent))
    try:
        yield place
    finally:
        with suppress(OSError):
            shutil.rmtree(place)


def in_memory() -> Path | None:
    """A folder that lies in memory: exact histories kill nobody, so they need no disk."""
    place = Path("/dev/shm")
    return place if place.is_dir() and shutil.disk_usage(place).free > 1 << 30 else None


def seconds_since(began: float) -> str:
    """For the last line."""
    return f"{time.monotonic() - began:.0f} s"
