"""A full disk: no file of the server may grow while it runs, then it may again.

The limit is set on the running server (RLIMIT_FSIZE), so no mount and no rights are needed: writes
fail with EFBIG where a full disk gives ENOSPC. Database, uploads and the store of pages meet it
alike.
"""

import asyncio
import resource
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server.clock import SystemClock
from server.doctor.examination import examine
from server.dossiers.models import Dossier, DossierPage
from tests.support.mutations import Photo
from tests.support.server_process import ServerProcess

from .history import History
from .letters import BIRTH_NOTICE, Letter
from .lines import Answer, Asked
from .uploads import PIECE, TUS
from .worlds import World, outside, settings_inside


@dataclass
class Scene:
    """A running server whose disk can be filled, and a phone that sends to it."""

    server: ServerProcess
    world: World
    history: History
    receipts: dict[str, str] = field(default_factory=dict)

    def fill(self, largest: int) -> None:
        """No file may be longer than so many bytes from now on."""
        _, most = resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (largest, most))

    def make_room(self) -> None:
        _, most = resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (most, most))

    def letter(self, *photos: Photo) -> Letter:
        writer = self.history.writers["A"]
        letter = writer.submission(self.world.now())
        while letter.fault or (photos and not letter.photos):
            letter = writer.submission(self.world.now())
        self.history.letters.append(letter)
        return letter

    async def sync(self, letter: Letter) -> Answer:
        answer = await self.world.phones_way.ask(self.history._sync([letter], "A"))
        assert answer is not None
        if answer.status == 200:
            (verdict,) = answer.json["verdicts"]
            known = self.receipts.setdefault(letter.id, verdict["receipt"])
            assert known == verdict["receipt"]
        return answer

    async def findings(self) -> list[str]:
        url = f"sqlite://{self.server.data / 'hoso.db'}"
        settings, now = settings_inside(self.server.data, url), SystemClock().now()
        found = await examine(settings, now, lambda *_: None, is_thorough=True)
        return [str(one) for one in found if one.level == "fault"]


@pytest.fixture
async def scene(prepared: Path) -> AsyncIterator[Scene]:
    server = ServerProcess(prepared / "data")
    server.start()
    try:
        async with outside(server, prepared / "procedure", server.port) as world:
            yield Scene(server, world, History(world, 1))
    finally:
        server.stop()


def is_full(answer: Answer | None) -> bool:
    """A catalogued problem that asks to come back."""
    assert answer is not None
    if answer.status in (200, 201, 204):
        return False
    assert answer.status == 507, answer
    assert answer.json["code"] == "storage-full"
    assert int(answer.headers["retry-after"]) > 0
    return True


async def test_full_disk_costs_nothing_that_was_receipted_and_ends_when_there_is_room(
    scene: Scene,
) -> None:
    for _ in range(5):
        assert not is_full(await scene.sync(scene.letter()))
    longest = max(file.stat().st_size for file in scene.server.data.glob("hoso.db*"))
    scene.fill(longest + 20_000)
    refused: list[Letter] = []
    for _ in range(30):
        letter = scene.letter()
        if is_full(await scene.sync(letter)):
            refused.append(letter)
    assert len(refused) > 10
    # What was answered before is answered still.
    for letter in scene.history.letters[:5]:
        assert not is_full(await scene.sync(letter))
    scene.make_room()
    for letter in scene.history.letters:
        assert not is_full(await scene.sync(letter))
    assert await Dossier.all().count() == len(scene.history.letters) == len(scene.receipts)
    scene.server.kill()
    scene.server.start()
    for letter in scene.history.letters:
        assert not is_full(await scene.sync(letter))
    assert await scene.findings() == []


@pytest.mark.parametrize("place", ["uploads", "blobs"])
async def test_page_that_finds_no_room_goes_on_where_it_was(scene: Scene, place: str) -> None:
    letter = scene.letter(Photo(BIRTH_NOTICE))
    photo = letter.photos[0]
    assert not is_full(await scene.sync(letter))
    upload = scene.history.upload_of(photo.digest)
    scene.history.model.deliver([letter], "A", scene.world.now())
    begun = await upload._begin(len(photo.ciphertext))
    assert begun is not None
    address, half = begun.headers["location"], len(photo.ciphertext) // 2
    told = {**TUS, "Upload-Offset": "0", "Content-Type": PIECE}
    way = scene.world.phones_way
    if place == "uploads":
        scene.fill(half)
        assert is_full(await way.ask(Asked("PATCH", address, photo.ciphertext, told)))
    else:
        # The whole page is here, but the store has no room for it.
        (part,) = (scene.server.data / "uploads").glob("*.part")
        part.write_bytes(photo.ciphertext)
        scene.fill(half)
        asked = await way.ask(Asked("HEAD", address, b"", TUS))
        assert asked is not None
        assert asked.status == 507
    open_files = len(list(Path(f"/proc/{scene.server.pid}/fd").iterdir()))
    for _ in range(5):
        await way.ask(Asked("PATCH", address, photo.ciphertext, told))
    await asyncio.sleep(0.2)
    assert len(list(Path(f"/proc/{scene.server.pid}/fd").iterdir())) <= open_files + 1
    scene.make_room()
    await upload.finish()
    assert await DossierPage.filter(digest=photo.digest, received_at__not_isnull=True).exists()
    assert await scene.findings() == []
