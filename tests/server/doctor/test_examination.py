"""The doctor: silent about a sound installation, and each harm is found and named."""

import contextlib
import sqlite3
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tortoise import connections

from server.app import application
from server.attachments.models import Blob, Upload
from server.attachments.store import open_store
from server.attachments.uploads import Uploads
from server.clock import FixedClock
from server.database import close_database, connect
from server.doctor.database import file_findings
from server.doctor.examination import examine
from server.doctor.findings import Finding
from server.dossiers.models import Dossier, DossierPage
from server.events import Event
from server.notifications.models import OutboxMessage, ReadMark
from server.settings import Settings
from server.sync.models import Mutation
from tests.server.sync.conftest import Post
from tests.support.application import START, running, test_settings
from tests.support.mutations import Photo, publish, submission
from tests.support.people import make_communes
from tests.support.phones import Phone

LATER = START + timedelta(minutes=1)
Harm = Callable[[], Awaitable[object]]


class Patient:
    """An installation with two dossiers, one with a page that has come; its server is stopped."""

    def __init__(self, settings: Settings, photo: Photo) -> None:
        self.settings, self.photo = settings, photo

    async def harmed(self, harm: Harm) -> None:
        try:
            await connect(self.settings)
            await harm()
        finally:
            await close_database()

    async def examined(self, **how: bool) -> list[Finding]:
        return await examine(self.settings, LATER, lambda *told: None, **how)

    async def found(self, **how: bool) -> list[tuple[str, str]]:
        return [(one.check, one.level) for one in await self.examined(**how)]


@pytest.fixture
async def patient(tmp_path: Path, migrated_url: str, clock: FixedClock) -> Patient:
    data = tmp_path / "data"
    settings = test_settings(data, migrated_url, BLOB_URL=f"file://{data}/blobs")
    photo = Photo("/data/giay_to/chung_sinh")
    async with running(application(settings, clock)) as server:
        await make_communes()
        await publish()
        post = Post(server)
        await post.send(Phone(), submission(photo), submission())
        uploads: Uploads = server.state["uploads"]

        async def body() -> AsyncIterator[bytes]:
            yield photo.ciphertext

        begun = await uploads.begin(photo.digest, len(photo.ciphertext))
        await uploads.append(begun.id, 0, body())
        await post.browser.aclose()
    return Patient(settings, photo)


async def test_nothing_is_found_where_nothing_is_wrong(patient: Patient) -> None:
    assert [one for one in await patient.found(is_thorough=True) if one[1] != "note"] == []


async def test_event_that_was_changed_is_found(patient: Patient) -> None:
    await patient.harmed(lambda: Event.filter(seq=1).update(actor_name="Lò Thị Mẫu"))
    (finding,) = [one for one in await patient.examined() if one.check == "log"]
    assert (finding.level, finding.examples) == ("fault", ["1"])
    assert "evidence" in finding.advice


async def test_event_that_was_cut_off_the_end_is_found(patient: Patient) -> None:
    async def cut() -> None:
        newest = await Event.all().order_by("-seq").first()
        assert newest is not None
        await newest.delete()

    await patient.harmed(cut)
    assert ("log", "fault") in await patient.found()


async def test_page_that_the_store_lost_is_found(patient: Patient) -> None:
    await open_store(patient.settings.blob_url).remove(patient.photo.digest)
    (finding,) = await faults(patient)
    assert (finding.check, finding.examples) == ("pages", [patient.photo.digest])


async def test_damaged_page_is_found_by_its_length_and_thoroughly_by_its_bytes(
    patient: Patient,
) -> None:
    file = next(patient.settings.data.joinpath("blobs").rglob(patient.photo.digest))
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert await faults(patient) == []
    assert [one.check for one in await faults(patient, is_thorough=True)] == ["pages"]
    file.write_bytes(content[:-1])
    assert [one.check for one in await faults(patient)] == ["pages"]


async def test_unknown_object_is_only_noted(patient: Patient) -> None:
    await open_store(patient.settings.blob_url).put("b" * 64, b"?")
    assert ("pages", "note") in await patient.found()
    assert await faults(patient) == []


async def test_page_counted_as_received_but_not_held_is_found(patient: Patient) -> None:
    await patient.harmed(lambda: Blob.all().delete())
    assert [one.check for one in await faults(patient)] == ["pages"]


async def test_storage_key_of_another_installation_is_found(patient: Patient) -> None:
    (patient.settings.keys / "storage.key").write_bytes(bytes(32))
    (finding,) = await faults(patient)
    assert (finding.check, finding.count) == ("keys", 1)


async def test_receipt_keys_of_another_installation_are_found(patient: Patient) -> None:
    keys = patient.settings.keys
    (keys / "receipts-1.pem").write_bytes((keys / "push.pem").read_bytes())
    (finding,) = await faults(patient)
    assert (finding.check, finding.count) == ("receipts", 2)


async def test_missing_keys_are_told_and_not_made_anew(patient: Patient) -> None:
    (patient.settings.keys / "storage.key").unlink()
    (finding,) = await faults(patient)
    assert (finding.check, finding.examples) == ("keys", ["storage.key"])
    assert not (patient.settings.keys / "storage.key").exists()


async def test_keys_that_others_can_read_are_warned_of(patient: Patient) -> None:
    (patient.settings.keys / "secret.key").chmod(0o644)
    assert ("keys", "warning") in await patient.found()


@pytest.mark.parametrize(
    ("harm", "check"),
    [
        (lambda: Mutation.all().update(receipt=""), "receipts"),
        (lambda: Mutation.all().update(digest="0" * 64), "receipts"),
        (lambda: Mutation.all().update(signed=b"\1" + bytes(200)), "receipts"),
        (lambda: Mutation.all().update(dossier_id=uuid.uuid4()), "mutations"),
        (lambda: Mutation.all().delete(), "mutations"),
        (lambda: Dossier.all().update(last_seq=999), "mutations"),
    ],
)
async def test_mutation_that_does_not_fit_its_receipt_or_dossier_is_found(
    patient: Patient, harm: Harm, check: str
) -> None:
    await patient.harmed(harm)
    assert check in [one.check for one in await faults(patient)]


async def test_removed_dossier_is_found(patient: Patient) -> None:
    async def remove() -> None:
        await DossierPage.all().delete()
        await Dossier.all().delete()

    await patient.harmed(remove)
    (finding,) = await faults(patient)
    assert (finding.check, finding.count) == ("mutations", 2)


async def test_halves_of_uploads_are_noted(patient: Patient) -> None:
    async def leave() -> None:
        await Upload.create(
            id="a" * 32, digest="a" * 64, length=5, created_at=START, expires_at=LATER
        )

    await patient.harmed(leave)
    (patient.settings.data / "uploads" / f"{'b' * 32}.part").write_bytes(b"x")
    notes = [one.what for one in await patient.examined() if one.check == "uploads"]
    assert notes == ["1 uploads have lost their file.", "1 files belong to no upload."]


async def test_work_that_nobody_does_is_warned_of(patient: Patient) -> None:
    async def stall() -> None:
        await ReadMark.all().delete()
        await Event.all().update(at=START - timedelta(hours=1))
        await OutboxMessage.create(
            id=uuid.uuid4(), subscription_id="s", event_seq=1, next_at=START - timedelta(days=2)
        )

    await patient.harmed(stall)
    warned = [one for one in await patient.found() if one == ("work", "warning")]
    assert len(warned) == 2


async def test_schema_of_another_version_is_told_before_anything_is_read(patient: Patient) -> None:
    async def newer() -> None:
        await connections.get("default").execute_query(
            "INSERT INTO tortoise_migrations (app, name, applied_at)"
            " VALUES ('hoso', '9999_later', CURRENT_TIMESTAMP)"
        )

    await patient.harmed(newer)
    (finding,) = await faults(patient)
    assert (finding.check, finding.examples) == ("schema", ["9999_later"])


async def test_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    settings = test_settings(tmp_path, f"sqlite://{tmp_path}/nothing.db")
    found = await examine(settings, LATER, lambda *told: None)
    assert {"keys", "database"} == {one.check for one in found}


async def test_damaged_database_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "hoso.db"
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE kept (word TEXT)")
        database.executemany("INSERT INTO kept VALUES (?)", [("x" * 500,)] * 200)
        database.commit()
    settings = test_settings(tmp_path, f"sqlite://{file}")
    assert await file_findings(settings) == []
    content = bytearray(file.read_bytes())
    content[8192:16384] = bytes(8192)
    file.write_bytes(content)
    (finding,) = await file_findings(settings)
    assert (finding.check, finding.level) == ("database", "fault")


async def faults(patient: Patient, **how: bool) -> list[Finding]:
    return [one for one in await patient.examined(**how) if one.level == "fault"]
