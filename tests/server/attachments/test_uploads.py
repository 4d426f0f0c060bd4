"""tus over the whole server: begun, cut, resumed, finished, refused, forgotten."""

import base64
import hashlib
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server.attachments.models import Blob, ExpectedPage, Upload
from server.attachments.store import PageStore
from server.clock import FixedClock
from server.dossiers.models import Dossier, DossierPage
from server.events import Event
from tests.support.application import START, Running
from tests.support.dossiers import make_dossier
from tests.support.mutations import Photo

PIECE = "application/offset+octet-stream"


class Tus:
    """A client that speaks the protocol by hand."""

    def __init__(self, browser: httpx2.AsyncClient) -> None:
        self.browser = browser
        self.headers = {"Tus-Resumable": "1.0.0"}

    async def begin(self, photo: Photo, **headers: str) -> httpx2.Response:
        told = {
            "Upload-Length": str(len(photo.ciphertext)),
            "Upload-Metadata": f"digest {base64.b64encode(photo.digest.encode()).decode()}",
        }
        return await self.browser.post("/uploads", headers={**self.headers, **told, **headers})

    async def patch(self, place: str, offset: int, content: Any, **headers: str) -> httpx2.Response:
        told = {"Upload-Offset": str(offset), "Content-Type": PIECE}
        return await self.browser.patch(
            place, content=content, headers={**self.headers, **told, **headers}
        )

    async def offset(self, place: str) -> int:
        answer = await self.browser.head(place, headers=self.headers)
        assert answer.status_code == 200
        return int(answer.headers["upload-offset"])


@pytest.fixture
def tus(browser: httpx2.AsyncClient) -> Tus:
    return Tus(browser)


@pytest.fixture
async def photo(server: Running) -> Photo:
    """A page of a dossier that waits for it."""
    return await expected(Photo("/data/giay_to/chung_sinh"))


async def expected(photo: Photo) -> Photo:
    dossier = await make_dossier(id=uuid.uuid4())
    await DossierPage.create(
        id=uuid.uuid4(),
        dossier=dossier,
        name=photo.name,
        path=photo.path,
        media_type="image/png",
        size=len(photo.plain),
        digest=photo.digest,
        length=len(photo.ciphertext),
        key=b"k",
    )
    await ExpectedPage.create(digest=photo.digest, length=len(photo.ciphertext), named_at=START)
    return photo


async def test_page_sent_in_two_pieces_arrives_whole_and_is_told_once(
    tus: Tus, photo: Photo, server: Running
) -> None:
    place = (await tus.begin(photo)).headers["location"]
    first = await tus.patch(place, 0, photo.ciphertext[:50])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "50")
    assert await tus.offset(place) == 50
    last = await tus.patch(place, 50, photo.ciphertext[50:])
    assert last.status_code == 204
    pages: PageStore = server.state["pages"]
    assert await pages.get(photo.digest) == photo.ciphertext
    page = await DossierPage.get(digest=photo.digest)
    assert page.received_at is not None
    event = await Event.get(name="page.received")
    dossier = await Dossier.get(id=event.dossier_id)
    assert (dossier.last_seq, dossier.version) == (event.seq, 1)
    assert event.data == {"received": 1, "total": 1}
    # The answer was lost: whatever the phone asks now, nothing happens twice.
    assert await tus.offset(place) == len(photo.ciphertext)
    again = await tus.begin(photo)
    assert again.status_code == 201
    assert int(again.headers["upload-offset"]) == len(photo.ciphertext)
    assert await tus.offset(again.headers["location"]) == len(photo.ciphertext)
    assert await Event.filter(name="page.received").count() == 1


async def test_page_sent_with_its_creation_is_done_in_one_request(tus: Tus, photo: Photo) -> None:
    told = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(photo.ciphertext)),
        "Upload-Metadata": f"digest {base64.b64encode(photo.digest.encode()).decode()}",
        "Content-Type": PIECE,
    }
    answer = await tus.browser.post("/uploads", content=photo.ciphertext, headers=told)
    assert (answer.status_code, int(answer.headers["upload-offset"])) == (
        201,
        len(photo.ciphertext),
    )
    assert await Blob.exists(digest=photo.digest)


async def test_page_that_no_mutation_named_is_not_taken(tus: Tus, server: Running) -> None:
    answer = await tus.begin(Photo("/data/a"))
    assert (answer.status_code, answer.json()["code"]) == (403, "upload-not-expected")
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert await Upload.all().count() == 0


async def test_page_of_another_length_is_not_taken(tus: Tus, photo: Photo) -> None:
    answer = await tus.begin(photo, **{"Upload-Length": "7"})
    assert (answer.status_code, answer.json()["code"]) == (409, "upload-length-mismatch")


async def test_damaged_page_starts_again_from_nothing(tus: Tus, photo: Photo) -> None:
    place = (await tus.begin(photo)).headers["location"]
    wrong = bytes(len(photo.ciphertext))
    answer = await tus.patch(place, 0, wrong)
    assert (answer.status_code, answer.json()["code"]) == (460, "upload-digest-mismatch")
    assert await tus.offset(place) == 0
    assert not await Blob.exists(digest=photo.digest)
    assert (await tus.patch(place, 0, photo.ciphertext)).status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_damaged_piece_is_dropped_and_the_right_one_taken(
    tus: Tus, photo: Photo, algorithm: str
) -> None:
    place = (await tus.begin(photo)).headers["location"]
    piece = photo.ciphertext[:60]
    told = base64.b64encode(hashlib.new(algorithm, piece).digest()).decode()
    headers = {"Upload-Checksum": f"{algorithm} {told}"}
    wrong = await tus.patch(place, 0, b"x" * 60, **headers)
    assert (wrong.status_code, wrong.json()["code"]) == (460, "upload-checksum-mismatch")
    assert await tus.offset(place) == 0
    assert (await tus.patch(place, 0, piece, **headers)).status_code == 204


async def test_what_came_before_a_cut_is_kept(tus: Tus, photo: Photo, server: Running) -> None:
    from starlette.requests import ClientDisconnect

    uploads = server.state["uploads"]
    standing = await uploads.begin(photo.digest, len(photo.ciphertext))

    async def torn() -> AsyncIterator[bytes]:
        yield photo.ciphertext[:40]
        raise ClientDisconnect

    await uploads.append(standing.id, 0, torn())
    assert await tus.offset(f"/uploads/{standing.id}") == 40
    rest = await tus.patch(f"/uploads/{standing.id}", 40, photo.ciphertext[40:])
    assert rest.status_code == 204


async def test_crash_between_the_last_byte_and_its_record_is_made_good(
    tus: Tus, photo: Photo, settings: Any
) -> None:
    place = (await tus.begin(photo)).headers["location"]
    file: Path = settings.data / "uploads" / f"{place.rpartition('/')[2]}.part"
    file.write_bytes(photo.ciphertext)
    assert await tus.offset(place) == len(photo.ciphertext)
    assert (await DossierPage.get(digest=photo.digest)).received_at is not None


async def test_wrong_offset_is_told_the_right_one(tus: Tus, photo: Photo) -> None:
    place = (await tus.begin(photo)).headers["location"]
    await tus.patch(place, 0, photo.ciphertext[:30])
    answer = await tus.patch(place, 0, photo.ciphertext[:30])
    assert (answer.status_code, answer.headers["upload-offset"]) == (409, "30")


async def test_more_than_the_length_is_refused_and_dropped(tus: Tus, photo: Photo) -> None:
    place = (await tus.begin(photo)).headers["location"]
    answer = await tus.patch(place, 0, photo.ciphertext + b"x")
    assert (answer.status_code, answer.json()["code"]) == (413, "request-too-large")
    assert await tus.offset(place) == 0


async def test_second_writer_is_told_to_wait(tus: Tus, photo: Photo, server: Running) -> None:
    uploads = server.state["uploads"]
    standing = await uploads.begin(photo.digest, len(photo.ciphertext))

    async def slow() -> AsyncIterator[bytes]:
        yield photo.ciphertext[:10]
        answer = await tus.patch(f"/uploads/{standing.id}", 0, b"y" * 10)
        assert (answer.status_code, answer.json()["code"]) == (423, "upload-locked")

    assert (await uploads.append(standing.id, 0, slow())).offset == 10


async def test_stopped_upload_is_gone(tus: Tus, photo: Photo) -> None:
    place = (await tus.begin(photo)).headers["location"]
    gone = await tus.browser.delete(place, headers=tus.headers)
    assert gone.status_code == 204
    assert (await tus.browser.head(place, headers=tus.headers)).status_code == 404


async def test_expired_upload_is_swept_with_its_bytes(
    tus: Tus, photo: Photo, clock: FixedClock, settings: Any
) -> None:
    answer = await tus.begin(photo)
    assert "GMT" in answer.headers["upload-expires"]
    clock.move(timedelta(days=15))
    head = await tus.browser.head(answer.headers["location"], headers=tus.headers)
    assert head.status_code == 404
    await tus.begin(photo)
    assert await Upload.all().count() == 1
    assert len(list((settings.data / "uploads").iterdir())) == 1


async def test_only_so_many_copies_of_a_page_are_begun(
    tus: Tus, photo: Photo, clock: FixedClock
) -> None:
    for _ in range(6):
        await tus.begin(photo)
        clock.move(timedelta(seconds=1))
    assert await Upload.all().count() == 4


async def test_method_override_reaches_the_same_handlers(tus: Tus, photo: Photo) -> None:
    place = (await tus.begin(photo)).headers["location"]
    headers = {
        **tus.headers,
        "X-HTTP-Method-Override": "PATCH",
        "Upload-Offset": "0",
        "Content-Type": PIECE,
    }
    answer = await tus.browser.post(place, content=photo.ciphertext, headers=headers)
    assert answer.status_code == 204
    assert (await tus.browser.post(place, headers=tus.headers)).status_code == 405


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/uploads", {"Tus-Resumable": "0.2"}, 412),
        ("POST", "/uploads", {"Upload-Length": "x"}, 400),
        ("POST", "/uploads", {"Upload-Length": "9"}, 400),
        ("POST", "/uploads", {"Upload-Length": "9", "Upload-Metadata": "digest !!"}, 400),
        ("POST", "/uploads", {"Upload-Length": "9", "Upload-Metadata": "digest é"}, 400),
        ("HEAD", "/uploads/..%2fx", {}, 404),
        ("HEAD", f"/uploads/{'0' * 32}", {}, 404),
        ("HEAD", f"/uploads/{'0' * 64}", {}, 404),
        ("PATCH", f"/uploads/{'0' * 32}", {"Upload-Offset": "0"}, 415),
    ],
)
async def test_malformed_request_is_refused(
    tus: Tus, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    given = {name: text.encode("latin-1") for name, text in {**tus.headers, **headers}.items()}
    answer = await tus.browser.request(method, path, headers=given)
    assert answer.status_code == status


async def test_server_says_what_it_can(browser: httpx2.AsyncClient) -> None:
    answer = await browser.options("/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert "checksum" in answer.headers["tus-extension"]
