"""Files of sealed dossiers that citizens bring to the desk."""

from typing import Any

import httpx2
import pytest

from server.attachments.models import Blob
from server.dossiers.models import Dossier
from server.sync.models import Mutation
from tests.support.mutations import Photo, envelope, submission
from tests.support.phones import Phone
from tests.support.rescue_files import rescue_file

from .conftest import Hall, words_of

Pair = tuple[dict[str, str], dict[str, Any]]


async def known_phone(hall: Hall) -> Phone:
    """A phone that has sent for itself before."""
    await hall.file()
    return hall.phone


def letter(hall: Hall, phone: Phone, *photos: Photo, **changed: Any) -> Pair:
    payload = submission(*photos, **changed)
    return envelope(hall.services.keyring, phone, payload), payload


async def bring(hall: Hall, content: bytes) -> httpx2.Response:
    clerk = await hall.at("clerk")
    return await clerk.post("/desk/rescue", files={"file": ("ho-so.hoso", content)})


async def test_a_file_brings_dossier_and_pages_and_the_phone_gets_its_receipt_later(
    hall: Hall,
) -> None:
    phone, photo = await known_phone(hall), Photo("/data/giay_to/chung_sinh")
    sealed, payload = letter(hall, phone, photo)
    text = words_of(await bring(hall, rescue_file((sealed, payload), photo)))
    dossier = await Dossier.get(id=payload["dossier"])
    assert dossier.code in text
    assert "Đã nhận" in text
    assert "Đã có 1 trên 1 ảnh" in text
    assert await Blob.exists(digest=photo.digest)
    async with hall.server.browser() as own:
        body = {"v": 1, "language": "vi", "envelopes": [sealed], "device": phone.claim("none")}
        reply = (await own.post("/sync", json=body)).json()
    assert reply["verdicts"][0]["verdict"] == "repeated"
    assert reply["verdicts"][0]["receipt"] == (await Mutation.get(id=payload["id"])).receipt
    assert reply["missing"] == []


async def test_the_page_shows_nothing_that_was_sealed(hall: Hall) -> None:
    pair = letter(hall, await known_phone(hall))
    assert "Giàng A Thử" not in words_of(await bring(hall, rescue_file(pair)))


async def test_the_same_file_twice_changes_nothing(hall: Hall) -> None:
    phone, photo = await known_phone(hall), Photo("/data/giay_to/chung_sinh")
    content = rescue_file(letter(hall, phone, photo), photo)
    await bring(hall, content)
    before = await Dossier.all().count()
    text = words_of(await bring(hall, content))
    assert "Đã có từ trước" in text
    assert await Dossier.all().count() == before


async def test_an_unknown_phone_is_held_and_a_bad_envelope_refused_beside_a_good_one(
    hall: Hall,
) -> None:
    phone = await known_phone(hall)
    unknown, good = letter(hall, Phone()), letter(hall, phone)
    forged = ({**letter(hall, phone)[0], "sealed": "A" * 400}, submission())
    text = words_of(await bring(hall, rescue_file(forged, unknown, good)))
    assert "Không nhận" in text
    assert "chờ xác minh máy" in text
    assert await Dossier.exists(id=good[1]["dossier"])


async def test_a_file_that_was_cut_brings_what_is_before_the_cut(hall: Hall) -> None:
    phone, photo = await known_phone(hall), Photo("/data/giay_to/chung_sinh")
    pair = letter(hall, phone, photo)
    content = rescue_file(pair, photo)
    text = words_of(await bring(hall, content[:-80]))
    assert "bị thiếu hoặc hỏng" in text
    assert "Đã có 0 trên 1 ảnh" in text
    assert await Dossier.exists(id=pair[1]["dossier"])


async def test_a_page_nobody_named_is_left_in_the_file(hall: Hall) -> None:
    stray = Photo("/data/giay_to/chung_sinh")
    await bring(hall, rescue_file(letter(hall, await known_phone(hall)), stray))
    assert not await Blob.exists(digest=stray.digest)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 khac", "không phải tệp hồ sơ"),
        (b"HOSORES9 khac", "bản ứng dụng mới hơn"),
        (b"HOSORES1E\xff\xff\xff\xff" + b"0" * 40, "bị thiếu hoặc hỏng"),
        (b"", "Tệp .hoso"),
    ],
)
async def test_another_file_is_told_in_words_and_nothing_is_kept(
    hall: Hall, content: bytes, words: str
) -> None:
    assert words in words_of(await bring(hall, content))
    assert await Mutation.all().count() == 0


async def test_only_who_receives_dossiers_brings_files(hall: Hall) -> None:
    for role in ("specialist", "approver", "administrator"):
        browser = await hall.at(role)
        answer = await browser.post("/desk/rescue", files={"file": ("a.hoso", rescue_file())})
        assert answer.status_code == 403, role


async def test_a_file_beyond_the_limit_is_refused_unread(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.desk.rescue.MAX_FILE", 1000)
    answer = await bring(hall, b"HOSORES1" + b"x" * 2000)
    assert answer.status_code == 413
    assert "quá lớn" in words_of(answer)
