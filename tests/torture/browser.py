"""The real app in real browsers, against a real server, through everything that can go wrong.

Submissions with photos are sent by several phones while browsers and the server are killed, the
worker is stopped, pages are loaded again, the network comes and goes, storage fills, the clock is
set and the app's version changes. In the end the network is well, and the model is simple: what a
phone said it holds is at the desk exactly once and complete; what nobody heard of is there once and
complete, or not at all; nothing waits.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Playwright

from server.forms.procedures import attachments_of
from server.forms.sources import compile_source
from tests.bench.forms_browser import built
from tests.support.fault_proxy import FAIR, FaultProxy, Weather, in_thread
from tests.support.server_process import ROOT, ServerProcess, free_port

from .browser_phones import Sent, TorturedPhone
from .worlds import prepare

BAD = Weather(
    {
        "pass": 40,
        "drop": 3,
        "stall": 2,
        "cut up": 3,
        "cut down": 3,
        "twice": 3,
        "late": 1,
        "flip down": 1,
        "captive": 3,
    },
    longest_stall=1.0,
    # A script with a wrong bit is no script; TLS keeps such from browsers.
    flips=("/sync", "/uploads"),
)
CREEPING = Weather({"slow": 1})
PHONES = 3
# Seconds in which everything must have left the phones once the network is well.
PATIENCE = 240.0
YEAR = 365 * 86_400_000


@dataclass
class Outcome:
    """What was done and what is wrong; `sent` are all submissions."""

    sent: list[Sent] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.stuck)

    def report(self) -> str:
        """Counts, then everything that is wrong."""
        sure = sum(one.is_sure for one in self.sent)
        lines = [
            f"{len(self.sent)} submissions ({sure} confirmed by the phone):"
            f" lost {len(self.lost)}, doubled {len(self.doubled)}, stuck {len(self.stuck)}"
        ]
        lines += [f"  {count:>6,} {what}" for what, count in self.done.most_common()]
        return "\n".join([*lines, *self.lost, *self.doubled, *self.stuck])


class Ordeal:
    """One run: server, proxy, phones, and what befalls them."""

    def __init__(
        self, playwright: Playwright, folder: Path, seed: int, *, builds: list[Path], phones: int
    ) -> None:
        self.chance = random.Random(seed)
        self.outcome = Outcome()
        self._builds = builds
        port = free_port()
        self.proxy = FaultProxy(free_port(), seed=seed, port=port)
        self.server = ServerProcess(
            folder / "data",
            self.proxy.target,
            ORIGIN=f"http://localhost:{port}",
            CLIENT=str(builds[0]),
        )
        prepare(self.server, folder / "procedure")
        source = folder / "procedure"
        form = compile_source((source / "form.md").read_bytes(), "form.md", attachments_of(source))
        built(folder, ROOT / "tests" / "torture" / "phone-page.ts", "iife")
        script = (folder / "phone-page.js").read_text("utf-8")
        self.phones = [
            TorturedPhone(
                playwright, folder, f"phone-{at}", f"http://localhost:{port}", script, form.digest
            )
            for at in range(phones)
        ]

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Server, proxy and phones work inside this block; the apps are on the phones by then."""
        self.server.start()
        try:
            with in_thread(self.proxy):
                for one in self.phones:
                    one.phone.first_visit()
                yield
        finally:
            for one in self.phones:
                one.device.close()
            self.server.stop()

    def go_through(self, count: int) -> None:
        """So many submissions, with things happening before, after and during them."""
        befalls: dict[Callable[[TorturedPhone], None], float] = {
            self.rest: 6,
            self.kill_phone: 1.5,
            self.kill_during: 2.0,
            self.load_again: 1.0,
            self.load_during: 0.7,
            self.fill_by_hand: 0.5,
            self.stop_worker: 1.5,
            self.switch_network: 2.0,
            self.fill_storage: 0.7,
            self.set_clock: 1.0,
            self.open_second_tab: 0.7,
            self.kill_server: 1.2,
            self.switch_version: 0.6,
            self.change_weather: 2.0,
        }
        while sum(len(one.sent) for one in self.phones) < count:
            phone = self.chance.choice(self.phones)
            (event,) = self.chance.choices(list(befalls), list(befalls.values()))
            print(f"{phone.name}: {event.__name__}", file=sys.stderr, flush=True)
            event(phone)
            self.outcome.done[event.__name__.replace("_", " ")] += 1
            self.send(phone)

    def end_well(self) -> Outcome:
        """The network is well: wait until nothing waits, then compare."""
        self.proxy.weather, self.proxy.is_down = FAIR, False
        waiting = {one.name: ["not asked"] for one in self.phones}
        for one in self.phones:
            one.set_offline(False)
            one.stop_worker()
            one.visit()
        deadline = time.monotonic() + PATIENCE
        while any(waiting.values()) and time.monotonic() < deadline:
            for one in self.phones:
                if waiting[one.name]:
                    waiting[one.name] = self._waiting(one)
            time.sleep(0.5)
        self.outcome.stuck += [f"{name}: {what}" for name, all_ in waiting.items() for what in all_]
        self._compare()
        self.outcome.done += self.proxy.done
        versions = {version for one in self.phones for version in one.versions}
        self.outcome.done["versions of the app at work"] = len(versions)
        return self.outcome

    def _waiting(self, phone: TorturedPhone) -> list[str]:
        """What has not ended on a phone; opening the app again is a person's way to try at once."""
        with contextlib.suppress(Error):
            rows = phone.journal()
            left = [row for row in rows if row["state"] != "settled"]
            if left and self.chance.random() < 0.2:
                phone.visit()
            return [f"{row['dossier']} {row['state']} ({row['reason']})" for row in left]
        phone.visit()
        return ["no journal to read"]

    def _compare(self) -> None:
        self.outcome.sent = [sent for one in self.phones for sent in one.sent]
        database = sqlite3.connect(f"file:{self.server.data / 'hoso.db'}?mode=ro", uri=True)
        with contextlib.closing(database):
            filed = dict(
                database.execute(
                    "SELECT dossier_id, count(*) FROM event"
                    " WHERE name = 'dossier.submitted' GROUP BY dossier_id"
                ).fetchall()
            )
            there = dict(database.execute("SELECT id, applicant_name FROM dossier").fetchall())
            pages = dict(
                database.execute(
                    "SELECT dossier_id, count(received_at) FROM dossier_page GROUP BY dossier_id"
                ).fetchall()
            )
        for sent in self.outcome.sent:
            if sent.dossier not in there:
                if sent.is_sure:
                    self.outcome.lost.append(f"{sent} is not at the desk")
                continue
            if filed.get(sent.dossier) != 1:
                self.outcome.doubled.append(f"{sent}: filed {filed.get(sent.dossier)} times")
            if there[sent.dossier] != sent.name or pages.get(sent.dossier, 0) != sent.pages:
                self.outcome.lost.append(f"{sent}: {pages.get(sent.dossier, 0)} pages at the desk")
        strangers = there.keys() - {sent.dossier for sent in self.outcome.sent}
        self.outcome.doubled += [f"{one}: nobody sent it" for one in sorted(strangers)]
        self.outcome.done["at the desk"] = len(there)
        self.outcome.done["pages at the desk"] = sum(pages.values())

    def send(self, phone: TorturedPhone) -> None:
        """One submission, straight through the app's own code."""
        sent = phone.submit(phone.plan(self.chance))
        self._note(sent)

    def _note(self, sent: Sent) -> None:
        if sent.refusal:
            self.outcome.done[f"refused by the phone: {sent.refusal}"] += 1
        if "torture-late" in sent.refusal:
            self.outcome.stuck.append(f"{sent} was neither kept nor refused")

    def rest(self, phone: TorturedPhone) -> None:
        """Nothing happens for a moment."""
        phone.page.wait_for_timeout(self.chance.randrange(300))

    def kill_phone(self, phone: TorturedPhone) -> None:
        """The battery is pulled between two submissions."""
        phone.kill()

    def kill_during(self, phone: TorturedPhone) -> None:
        """The battery is pulled while one is being kept."""

        def befalls() -> None:
            time.sleep(self.chance.uniform(0, 0.25))
            phone.kill()

        phone.submit(phone.plan(self.chance), befalls)

    def load_again(self, phone: TorturedPhone) -> None:
        """The page is loaded again."""
        phone.visit()

    def load_during(self, phone: TorturedPhone) -> None:
        """The page is loaded again while one is being kept."""
        phone.submit(phone.plan(self.chance), phone.visit)

    def fill_by_hand(self, phone: TorturedPhone) -> None:
        """One submission by the screens, as a person taps and types it."""
        phone.fill_by_hand(f"Lò Thị Mẫu {self.chance.randrange(10**6)}")

    def stop_worker(self, phone: TorturedPhone) -> None:
        """The worker is stopped."""
        phone.stop_worker()

    def switch_network(self, phone: TorturedPhone) -> None:
        """Flight mode on or off."""
        phone.set_offline(self.chance.random() < 0.5)

    def fill_storage(self, phone: TorturedPhone) -> None:
        """The phone is full for the length of one submission."""
        sent = phone.submit_when_full(phone.plan(self.chance))
        self._note(sent)

    def set_clock(self, phone: TorturedPhone) -> None:
        """The phone's clock is wrong until the next load."""
        phone.move_clock(self.chance.choice([-YEAR, -60_000, 7_200_000, YEAR]))

    def open_second_tab(self, phone: TorturedPhone) -> None:
        """Another tab takes the place of the first."""
        phone.second_tab()

    def kill_server(self, phone: TorturedPhone) -> None:
        """The server ends as in a power cut, and comes back."""
        self.server.kill()
        phone.page.wait_for_timeout(self.chance.randrange(1000))
        self.server.start()

    def switch_version(self, phone: TorturedPhone) -> None:
        """The server is updated, or taken back; the phones take over whatever they find there."""
        self._builds = self._builds[1:] + self._builds[:1]
        self.server.kill()
        self.server.choose(CLIENT=str(self._builds[0]))
        self.server.start()
        for one in self.phones:
            one.take_update()

    def change_weather(self, phone: TorturedPhone) -> None:
        """The network gets better or worse."""
        self.proxy.weather = self.chance.choice([FAIR, BAD, BAD, CREEPING])
        self.proxy.is_down = self.chance.random() < 0.2


def second_build(folder: Path) -> Path:
    """The same app as another version: its first script differs, and so does every name with it."""
    source = folder / "pwa"
    spared = shutil.ignore_patterns("node_modules", "dist*")
    shutil.copytree(ROOT / "pwa", source, ignore=spared)
    shutil.copytree(ROOT / "server" / "desk" / "static", folder / "server" / "desk" / "static")
    main = source / "shell" / "main.tsx"
    main.write_text(main.read_text("utf-8") + '\ndocument.documentElement.dataset.build = "2";\n')
    chosen = {"HOSO_CLIENT_SOURCE": str(source), "HOSO_CLIENT_OUTPUT": str(folder / "dist")}
    node, build = str(ROOT / ".ci" / "node"), str(ROOT / "pwa" / "build.mjs")
    subprocess.run(
        [node, build], check=True, cwd=ROOT, env=os.environ | chosen, stdout=subprocess.DEVNULL
    )
    return folder / "dist"
