"""Asked to end under load, the server finishes what it took and says no to nobody in vain."""

import asyncio
import random
from pathlib import Path

import pytest

from server.dossiers.models import Dossier
from server.sync.inbox import Inbox
from server.sync.models import Mutation
from tests.support.server_process import ServerProcess

from .history import History
from .letters import Letter
from .lines import Answer, Asked
from .worlds import World, inside, outside, settings_inside

CALLERS, BATCH = 8, 4


class Caller:
    """A phone that sends new dossiers without a pause and remembers what it was told."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.history = History(world, seed)
        self.receipts: dict[str, str] = {}
        self.statuses: list[int] = []
        self.is_warm = asyncio.Event()

    def letters(self, count: int) -> list[Letter]:
        writer = self.history.writers["A"]
        made: list[Letter] = []
        while len(made) < count:
            letter = writer.submission(self.world.now())
            if not letter.fault:
                made.append(letter)
        return made

    async def call(self, ended: asyncio.Event) -> None:
        while not ended.is_set():
            if await self.send(self.letters(BATCH)) is None:
                await asyncio.sleep(0.05)
            elif len(self.receipts) >= 5 * BATCH:
                self.is_warm.set()

    async def send(self, letters: list[Letter]) -> Answer | None:
        answer = await self.world.phones_way.ask(self.history._sync(letters, "A"))
        if answer:
            self.statuses.append(answer.status)
            if answer.status == 503:
                assert int(answer.headers["retry-after"]) > 0
        if answer and answer.status == 200:
            for verdict in answer.json["verdicts"]:
                self.receipts[verdict["id"]] = verdict["receipt"]
        return answer


async def test_server_that_is_asked_to_end_keeps_every_answer_it_gave(prepared: Path) -> None:
    server = ServerProcess(prepared / "data")
    server.start()
    try:
        async with outside(server, prepared / "procedure", server.port) as world:
            callers, ended = [Caller(world, at) for at in range(CALLERS)], asyncio.Event()
            calls = [asyncio.create_task(one.call(ended)) for one in callers]
            for one in callers:
                await one.is_warm.wait()
            await asyncio.to_thread(server.stop)
            ended.set()
            await asyncio.gather(*calls)
            server.start()
            told = {id_: receipt for one in callers for id_, receipt in one.receipts.items()}
            rows = await Mutation.filter(id__in=sorted(told))
            assert {str(row.id): row.receipt for row in rows} == told
            dossiers = {row.dossier_id for row in rows}
            assert await Dossier.filter(id__in=sorted(dossiers)).count() == len(told)
    finally:
        server.stop()
    assert {status for one in callers for status in one.statuses} <= {200, 503}
    # It ended in order: what it had begun was finished, nothing was torn off.
    assert "Application shutdown complete" in server.printed()
    assert "Traceback" not in server.printed()


async def test_full_intake_sends_away_with_a_time_to_come_back(
    tmp_path: Path, migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with inside(settings_inside(tmp_path / "data", migrated_url)) as world:
        caller, way = Caller(world, 1), world.phones_way
        inbox: Inbox = way._state["inbox"]  # type: ignore[attr-defined]
        monkeypatch.setattr(inbox.intake, "_room", BATCH)
        batches = [caller.letters(BATCH) for _ in range(6)]
        answers = await asyncio.gather(*(caller.send(one) for one in batches))
        busy = [one for one in answers if one and one.status == 503]
        assert busy
        assert {one.json["code"] for one in busy} == {"server-busy"}
        assert all(int(one.headers["retry-after"]) > 0 for one in busy)
        # Coming back is all it takes.
        for one in random.Random(1).sample(batches, len(batches)):
            answer = await caller.send(one)
            assert answer
            assert answer.status == 200
        assert len(caller.receipts) == 6 * BATCH
        assert await way.ask(Asked("GET", "/health"))
