"""Backups taken while the server takes dossiers, and brought back elsewhere."""

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server import backup
from server.app import application
from server.attachments.models import Blob
from server.attachments.store import open_store
from server.attachments.uploads import Uploads
from server.backup import SUMS, back_up, restore
from server.clock import FixedClock
from server.doctor.examination import examine
from server.doctor.findings import Finding
from server.dossiers.models import Dossier
from server.errors import Problem
from server.settings import Settings
from tests.server.sync.conftest import Post
from tests.support.application import START, running, test_settings
from tests.support.mutations import Photo, publish, submission
from tests.support.people import make_communes
from tests.support.phones import Phone
from tests.support.postgresql import ON_POSTGRESQL, own_database

PHOTO = "/data/giay_to/chung_sinh"


def silent(what: str, done: int, total: int) -> None:
    assert 0 <= done <= total


def placed(data: Path, database_url: str) -> Settings:
    return test_settings(data, database_url, BLOB_URL=f"file://{data}/blobs")


@pytest.fixture
def elsewhere(tmp_path: Path, migrated_url: str) -> Iterator[Settings]:
    """Settings of an installation that is still empty."""
    if not ON_POSTGRESQL:
        yield placed(tmp_path / "other", f"sqlite://{tmp_path / 'other' / 'hoso.db'}")
        return
    with own_database(migrated_url.rpartition("/")[0]) as url:
        yield placed(tmp_path / "other", url)


@pytest.fixture
async def post(tmp_path: Path, migrated_url: str, clock: FixedClock) -> AsyncIterator[Post]:
    """The server whose data is backed up, its pages in a folder."""
    async with running(application(placed(tmp_path / "data", migrated_url), clock)) as server:
        await make_communes()
        await publish()
        way = Post(server)
        yield way
        await way.browser.aclose()


async def upload(post: Post, photo: Photo) -> None:
    uploads: Uploads = post.server.state["uploads"]

    async def body() -> AsyncIterator[bytes]:
        yield photo.ciphertext

    standing = await uploads.begin(photo.digest, len(photo.ciphertext))
    await uploads.append(standing.id, 0, body())


async def faults(settings: Settings) -> list[Finding]:
    found = await examine(settings, START, silent, is_thorough=True)
    return [one for one in found if one.level == "fault"]


async def test_restored_backup_knows_every_receipt_and_page(
    post: Post, tmp_path: Path, elsewhere: Settings, clock: FixedClock
) -> None:
    phone, photo, folder = Phone(), Photo(PHOTO), tmp_path / "backup"
    payload = submission(photo)
    given, *_ = await post.send(phone, payload, *(submission() for _ in range(3)))
    await upload(post, photo)
    await back_up(post.services.settings, folder, START, silent)
    about = await restore(elsewhere, folder, silent)
    assert about["madeAt"] == "2026-11-23T02:00:00Z"
    assert await faults(elsewhere) == []
    async with running(application(elsewhere, clock)) as server:
        again = Post(server)
        (verdict,) = await again.send(phone, payload)
        assert (verdict["verdict"], verdict["receipt"]) == ("repeated", given["receipt"])
        assert verdict["pages"] == {"received": 1, "total": 1}
        assert await open_store(elsewhere.blob_url).get(photo.digest) == photo.ciphertext
        assert await Dossier.all().count() == 4
        await again.browser.aclose()


async def test_backup_taken_while_dossiers_arrive_is_whole(
    post: Post, tmp_path: Path, elsewhere: Settings
) -> None:
    phone, folder = Phone(), tmp_path / "backup"
    for _ in range(3):
        await post.send(phone, submission())
    ended = asyncio.Event()

    async def keep_sending() -> int:
        count = 0
        while not ended.is_set():
            await post.send(phone, submission(), submission())
            count += 2
        return count

    sending = asyncio.create_task(keep_sending())
    await back_up(post.services.settings, folder, START, silent)
    ended.set()
    assert await sending > 0
    await restore(elsewhere, folder, silent)
    assert await faults(elsewhere) == []


async def test_backup_that_was_cut_off_goes_on_where_it_was(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: Settings
) -> None:
    phone, folder = Phone(), tmp_path / "backup"
    photos = [Photo(PHOTO) for _ in range(3)]
    await post.send(phone, *(submission(photo) for photo in photos))
    for photo in photos:
        await upload(post, photo)
    written: list[str] = []
    real = backup._written

    def failing_late(path: Path, content: bytes) -> str:
        if path.parent.parent.name == "pages":
            written.append(path.name)
            if len(written) == 2:
                raise OSError("no space left on device")
        return real(path, content)

    monkeypatch.setattr(backup, "_written", failing_late)
    with pytest.raises(OSError, match="no space"):
        await back_up(post.services.settings, folder, START, silent)
    with pytest.raises(Problem, match="backup-unreadable"):
        await restore(elsewhere, folder, silent)
    await back_up(post.services.settings, folder, START, silent)
    assert len(written) == 4
    assert (folder / SUMS).read_text().count("pages/") == 3
    await restore(elsewhere, folder, silent)
    assert await faults(elsewhere) == []


async def test_every_file_of_a_backup_is_listed_with_its_digest(post: Post, tmp_path: Path) -> None:
    folder, photo = tmp_path / "backup", Photo(PHOTO)
    await post.send(Phone(), submission(photo))
    await upload(post, photo)
    await back_up(post.services.settings, folder, START, silent)
    lines = [line.split("  ") for line in (folder / SUMS).read_text().splitlines()]
    listed = {path: digest for digest, path in lines}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == {*listed, SUMS}
    for path, digest in listed.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
    assert {"keys/storage.key", "keys/agency-1.pem", "backup.json"} < set(listed)


@pytest.mark.parametrize("harm", ["change", "remove"])
async def test_damaged_backup_is_not_restored(
    post: Post, tmp_path: Path, elsewhere: Settings, harm: str
) -> None:
    folder = tmp_path / "backup"
    await back_up(post.services.settings, folder, START, silent)
    key = folder / "keys" / "storage.key"
    if harm == "change":
        key.write_bytes(bytes(32))
    else:
        key.unlink()
    with pytest.raises(Problem, match="backup-unreadable"):
        await restore(elsewhere, folder, silent)
    assert not elsewhere.keys.exists()


async def test_backup_is_never_restored_over_other_data(
    post: Post, tmp_path: Path, elsewhere: Settings
) -> None:
    folder = tmp_path / "backup"
    await post.send(Phone(), submission())
    await back_up(post.services.settings, folder, START, silent)
    elsewhere.keys.mkdir(parents=True)
    (elsewhere.keys / "storage.key").write_bytes(bytes(32))
    with pytest.raises(Problem, match="restore-target-used"):
        await restore(elsewhere, folder, silent)
    shutil.rmtree(elsewhere.keys)
    await restore(elsewhere, folder, silent)
    with pytest.raises(Problem, match="backup-tool-failed" if ON_POSTGRESQL else "target-used"):
        await restore(elsewhere, folder, silent)
    assert await faults(elsewhere) == []


async def test_restore_that_was_cut_off_before_the_database_is_run_again(
    post: Post, tmp_path: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backup"
    await back_up(post.services.settings, folder, START, silent)

    def fail(*given: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "load", fail)
        with pytest.raises(OSError, match="killed"):
            await restore(elsewhere, folder, silent)
    await restore(elsewhere, folder, silent)
    assert await faults(elsewhere) == []


async def test_keys_may_be_kept_elsewhere(post: Post, tmp_path: Path, elsewhere: Settings) -> None:
    folder = tmp_path / "backup"
    await back_up(post.services.settings, folder, START, silent, with_keys=False)
    assert not (folder / "keys").exists()
    about = await restore(elsewhere, folder, silent)
    assert about["keys"] is False
    assert not elsewhere.keys.exists()


async def test_backup_tells_that_the_store_lacks_a_page(post: Post, tmp_path: Path) -> None:
    await Blob.create(digest="a" * 64, size=5, stored_at=START)
    with pytest.raises(Problem, match="backup-incomplete"):
        await back_up(post.services.settings, tmp_path / "backup", START, silent)
    assert (tmp_path / "backup" / SUMS).exists()
