"""tus clients that others wrote, against the real server in its own process, over a crash."""

import asyncio
import io
import json
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tusclient.client import TusClient

from server.attachments.models import Blob
from server.database import close_database, open_database
from server.dossiers.models import DossierPage
from server.keyring import open_keyring
from server.settings import Settings
from tests.support.application import test_settings
from tests.support.mutations import PICTURE, Photo, envelope, publish, submission
from tests.support.people import make_communes
from tests.support.phones import Phone
from tests.support.server_process import ROOT, ServerProcess


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return test_settings(tmp_path / "data", f"sqlite://{tmp_path}/data/hoso.db")


@pytest.fixture
def process(settings: Settings) -> Iterator[ServerProcess]:
    async def prepare() -> None:
        try:
            await open_database(settings)
            await make_communes()
            await publish()
        finally:
            await close_database()

    asyncio.run(prepare())
    process = ServerProcess(settings.data, DATABASE_URL=settings.database_url)
    process.start()
    yield process
    process.stop()


def submitted(process: ServerProcess, settings: Settings) -> Photo:
    """A page of a dossier that was just filed; the server waits for it."""
    photo = Photo("/data/giay_to/chung_sinh", PICTURE + secrets.token_bytes(400_000))
    phone = Phone()
    sent = {
        "v": 1,
        "envelopes": [envelope(open_keyring(settings.keys), phone, submission(photo))],
        "device": phone.claim("none"),
    }
    reply = httpx2.post(f"{process.origin}/sync", json=sent).json()
    assert reply["verdicts"][0]["verdict"] == "applied", reply
    assert reply["missing"] == [photo.digest]
    return photo


def assert_held(settings: Settings, photo: Photo) -> None:
    async def look() -> None:
        try:
            await open_database(settings)
            assert await Blob.exists(digest=photo.digest, size=len(photo.ciphertext))
            assert (await DossierPage.get(digest=photo.digest)).received_at is not None
        finally:
            await close_database()

    asyncio.run(look())


def test_tuspy_resumes_over_a_crash(process: ServerProcess, settings: Settings) -> None:
    photo = submitted(process, settings)
    client = TusClient(f"{process.origin}/uploads")
    uploader = client.uploader(
        file_stream=io.BytesIO(photo.ciphertext),
        chunk_size=65_536,
        metadata={"digest": photo.digest},
        upload_checksum=True,
    )
    uploader.upload(stop_at=200_000)
    process.kill()
    process.start()
    later = client.uploader(
        file_stream=io.BytesIO(photo.ciphertext), chunk_size=65_536, url=uploader.url
    )
    assert later.offset == uploader.offset == 200_000
    later.upload()
    process.stop()
    assert_held(settings, photo)


def run_tus_js(process: ServerProcess, file: Path, photo: Photo, *more: str) -> dict[str, Any]:
    script = Path(__file__).with_name("tus_js.mjs")
    done = subprocess.run(
        [
            str(ROOT / ".ci" / "node"),
            str(script),
            f"{process.origin}/uploads",
            str(file),
            photo.digest,
            *more,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_tus_js_client_resumes_over_a_crash(
    process: ServerProcess, settings: Settings, tmp_path: Path
) -> None:
    photo = submitted(process, settings)
    file = tmp_path / "page"
    file.write_bytes(photo.ciphertext)
    first = run_tus_js(process, file, photo, "196608")
    assert (first["status"], first["reached"]) == ("stopped", 196_608)
    process.kill()
    process.start()
    second = run_tus_js(process, file, photo, "", first["url"])
    assert second["status"] == "done"
    # What is held is not sent again.
    assert run_tus_js(process, file, photo)["status"] == "done"
    process.stop()
    assert_held(settings, photo)
