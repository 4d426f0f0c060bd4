"""Killed at random moments under load: what was receipted is there, and everything is there once.

Phones send over the network until each holds a receipt for each of its dossiers, while the server,
or the database under it, is ended as a power cut ends it and started again. The seed is printed;
the same seed kills after the same number of receipts.
"""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server import base64url
from server.keyring import open_keyring
from tests.bench.submissions import COMMUNE, sealed, write_procedure
from tests.support.phones import Phone
from tests.support.postgresql import ON_POSTGRESQL, cluster, own_database
from tests.support.server_process import ServerProcess

SEED = 20261122
PHONES, DOSSIERS, KILLS = 6, 60, 3
VICTIMS = ["server", "database", "backend"] if ON_POSTGRESQL else ["server"]


@dataclass
class Tally:
    """Receipts by mutation; every further answer must bring the same."""

    receipts: dict[str, str] = field(default_factory=dict)
    repeats: int = 0
    noted: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, count: int) -> None:
        """Wait for so many receipts."""
        while len(self.receipts) < count:
            self.noted.clear()
            await self.noted.wait()

    def note(self, verdict: dict[str, Any]) -> None:
        assert verdict["verdict"] in ("applied", "repeated"), verdict
        known = self.receipts.setdefault(verdict["id"], verdict["receipt"])
        assert known == verdict["receipt"], "another receipt for the same mutation"
        self.repeats += verdict["verdict"] == "repeated"
        self.noted.set()


@pytest.fixture(params=VICTIMS)
def scene(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str
) -> Iterator[tuple[ServerProcess, Callable[[], None]]]:
    """A server that is not started yet, and how to crash and start again its victim."""
    with contextlib.ExitStack() as stack:
        address, restart = database_url, None
        if request.param != "server":
            made = stack.enter_context(cluster(is_durable=True))
            address = stack.enter_context(own_database(made.address))

            def restart() -> None:
                if request.param == "backend":
                    made.kill_backend()
                    return
                made.crash()
                time.sleep(0.3)
                made.start()

        server = ServerProcess(tmp_path / "data", DATABASE_URL=address)

        def restart_server() -> None:
            server.kill()
            server.start()

        stack.callback(server.stop)
        yield server, restart or restart_server


async def test_crashes_lose_nothing_that_was_receipted_and_double_nothing(
    scene: tuple[ServerProcess, Callable[[], None]], tmp_path: Path
) -> None:
    server, crash = scene
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    form = write_procedure(tmp_path / "do-toc-do")
    server.command("communes", "add", COMMUNE, "--agency", f"H38.{COMMUNE}")
    server.command("forms", "publish", str(tmp_path / "do-toc-do"))
    server.start()
    keyring, tally = open_keyring(server.data / "keys"), Tally()
    phones = [Phone() for _ in range(PHONES)]
    queues = [sealed(keyring, phone, form, DOSSIERS, SEED + at) for at, phone in enumerate(phones)]
    sending = [
        asyncio.create_task(send_all(server.origin, phone, queue, tally, random.Random(at)))
        for at, (phone, queue) in enumerate(zip(phones, queues, strict=True))
    ]
    for reached in sorted(chance.sample(range(PHONES * DOSSIERS * 3 // 4), KILLS)):
        await tally.until(reached)
        await asyncio.sleep(chance.uniform(0, 0.05))
        print(f"crash with {len(tally.receipts)} of {PHONES * DOSSIERS} receipted")
        await asyncio.to_thread(crash)
    await asyncio.wait_for(asyncio.gather(*sending), 60)
    sent = {one["id"] for queue in queues for one in queue}
    assert tally.receipts.keys() == sent
    # Everything once more: the very receipts that were given before the crashes.
    before = tally.repeats
    again = [
        send_all(server.origin, phone, queue, tally, chance)
        for phone, queue in zip(phones, queues, strict=True)
    ]
    await asyncio.gather(*again)
    assert tally.repeats - before == len(sent)
    server.stop()
    # Receipts, mutations, dossiers and the event log fit each other, one to one.
    assert json.loads(server.command("doctor", "--thorough", "--json")) == []


async def send_all(
    origin: str, phone: Phone, queue: list[dict[str, str]], tally: Tally, chance: random.Random
) -> None:
    """Send until every envelope has a receipt; what gets none is sent again."""
    waiting = list(queue)
    device = {"key": base64url.encode(phone.point)}
    async with httpx2.AsyncClient(base_url=origin, timeout=10) as line:
        while waiting:
            some = waiting[: chance.randint(1, 8)]
            request = {"v": 1, "language": "vi", "device": device, "envelopes": some}
            verdicts = []
            with contextlib.suppress(httpx2.HTTPError):
                answer = await line.post("/sync", json=request)
                if answer.status_code == 200:
                    verdicts = answer.json()["verdicts"]
            for verdict in verdicts:
                tally.note(verdict)
            settled = {verdict["id"] for verdict in verdicts}
            waiting = [one for one in waiting if one["id"] not in settled]
            if not settled:
                await asyncio.sleep(0.05)
