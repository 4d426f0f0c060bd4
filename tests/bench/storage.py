"""The storage step alone against the raw driver that writes the very same rows.

From mutations that are ready (opened, validated, their receipts signed and fingerprints taken, all
of it before the transaction) to their acknowledged commit: judged, looked up for likeness, chained,
written, on the disk. Then the rows that made are written by the raw driver
(`raw_rows`) in transactions of the same size. The two take turns, and both the clock and this
process's processor time are read; what the database's own processes use is in the clock alone.
"""

import asyncio
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import uvloop

from server.app import look_for_garbage_less_often
from server.clock import SystemClock
from server.database import close_database, connect, open_database
from server.dossiers.filing import Office
from server.dossiers.likeness import sameness_from, sameness_sought
from server.dossiers.working_days import calendar
from server.forms.shelf import FormShelf
from server.rows import look_up
from server.services import Services, open_services
from server.settings import read
from server.sync.arrivals import Arrival, Reception, ready_of, skew_of
from server.sync.envelopes import open_envelope
from server.sync.filings import filing_of
from server.sync.inbox import Inbox
from server.sync.mutations import check_content
from server.sync.protocol import Envelope
from server.sync.senders import NOBODY
from tests.support.phones import Phone
from tests.support.postgresql import own_database

from .raw_rows import Raw, on_postgresql, on_sqlite
from .submissions import CODE, sealed

# Mutations settled together, and how many of them a turn.
GROUPS = {1: 150, 20: 600, 160: 960}
TURNS = 5


@dataclass(frozen=True)
class Spent:
    """Milliseconds of one mutation: by the clock, and of this process's processor time."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Step:
    """What the storage step and the raw driver spend on a mutation in groups of `group`."""

    group: int
    ours: Spent
    raw: Spent

    @property
    def by_clock(self) -> float:
        """The share of the raw driver's rate that is reached."""
        return self.raw.clock / self.ours.clock

    @property
    def by_processor(self) -> float:
        """The same by processor time."""
        return self.raw.processor / self.ours.processor


class Stopwatch:
    """Adds up what is spent inside it, for so many mutations."""

    def __init__(self, count: int) -> None:
        self._count, self._clock, self._processor = count, 0.0, 0.0

    def __enter__(self) -> None:
        self._clock -= time.perf_counter()
        self._processor -= time.process_time()

    def __exit__(self, *_: object) -> None:
        self._clock += time.perf_counter()
        self._processor += time.process_time()

    @property
    def spent(self) -> Spent:
        """So far."""
        return Spent(self._clock / self._count * 1_000, self._processor / self._count * 1_000)


def measured(
    environment: dict[str, str], folder: Path, form: str, address: str | None
) -> list[Step]:
    """All groups, on the database of a server that is set up but not running."""
    told = {name: value for name, value in environment.items() if name.startswith("HOSO_")}
    asyncio.run(_settle_down(told))
    # On the loop that the server runs on.
    with (
        _twin(folder, address) as twin,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        return runner.run(_measured(told, folder, form, address, twin))


async def _settle_down(told: dict[str, str]) -> None:
    await open_database(read(told))
    await close_database()


@contextmanager
def _twin(folder: Path, address: str | None) -> Iterator[str]:
    """A copy of the database, made while nobody is connected to it; its address or file."""
    if address is None:
        yield str(shutil.copy(folder / "data" / "hoso.db", str(folder / "twin.db")))
        return
    cluster, _, name = address.rpartition("/")
    with own_database(cluster, name) as twin:
        yield twin


async def _measured(
    told: dict[str, str], folder: Path, form: str, address: str | None, twin: str
) -> list[Step]:
    settings = read(told)
    services = open_services(settings, SystemClock())
    await connect(settings)
    try:
        here = folder / "data" / "hoso.db"
        opened = on_postgresql(address, twin) if address else on_sqlite(here, Path(twin))
        async with opened as raw, Inbox(services, FormShelf()).working() as inbox:
            phone = Phone()
            await raw.begin()
            await inbox.intake.put(await _arrivals(services, phone, form, 1, 0))
            await raw.write(*(await raw.taken(1))[0])
            # As in the process that serves; the raw driver has the same of it.
            look_for_garbage_less_often()
            turns: dict[int, list[tuple[Spent, Spent]]] = {group: [] for group in GROUPS}
            for turn in range(1, TURNS + 1):
                for group, count in GROUPS.items():
                    given = await _arrivals(services, phone, form, count, 1_000 * turn + group)
                    ours = await _settled(inbox, given, group)
                    turns[group].append((ours, await _written(raw, group, count)))
    finally:
        await close_database()
    return [
        Step(group, _middle([one for one, _ in pairs]), _middle([one for _, one in pairs]))
        for group, pairs in turns.items()
    ]


async def _arrivals(
    services: Services, phone: Phone, form: str, count: int, seed: int
) -> list[Arrival]:
    """Mutations opened, validated and made ready, as the storage step gets them."""
    forms, now = FormShelf(), services.clock.now()
    published = await forms.get(form)
    office = Office(
        now, calendar(services.settings.unconfirmed_holidays), services.keyring.storage, forms
    )
    (same,) = await look_up([sameness_sought([CODE])])
    origin = services.settings.origin
    reception = Reception(services.keyring, origin, office, dict(sameness_from(same)))
    made = []
    for one in sealed(services.keyring, phone, form, count, seed):
        opened = open_envelope(services.keyring.agency, Envelope(**one))
        arrival = Arrival(opened, phone.id)
        filed = filing_of(opened, NOBODY, skew_of(arrival, now), now)
        check_content(published, filed, now)
        made.append(replace(arrival, ready=ready_of(arrival, filed, reception)))
    return made


async def _settled(inbox: Inbox, given: list[Arrival], group: int) -> Spent:
    watch = Stopwatch(len(given))
    for at in range(0, len(given), group):
        with watch:
            outcomes = await inbox.intake.put(given[at : at + group])
        if {one.verdict for one in outcomes} != {"applied"}:
            raise RuntimeError(f"not applied: {outcomes}")
    return watch.spent


async def _written(raw: Raw, group: int, count: int) -> Spent:
    watch = Stopwatch(count)
    for rows, seq in await raw.taken(group):
        with watch:
            await raw.write(rows, seq)
    return watch.spent


def _middle(spent: list[Spent]) -> Spent:
    return Spent(median(one.clock for one in spent), median(one.processor for one in spent))
