"""What one phone may bring in a day, and uploads that are not what they should be."""

import secrets
from datetime import timedelta

import httpx2
import pytest

from server.attachments.models import ExpectedPage
from server.attachments.quota import check_quota
from server.clock import FixedClock
from server.errors import Problem
from server.settings import Settings
from tests.support.application import START, Running
from tests.support.mutations import Photo
from tests.support.phones import Phone

from .test_uploads import Tus, expected

DAY = timedelta(days=1)


@pytest.fixture
def tus(browser: httpx2.AsyncClient) -> Tus:
    return Tus(browser)


async def by(phone: Phone, size: int) -> Photo:
    photo = await expected(Photo("/data/giay_to/chung_sinh", secrets.token_bytes(size)))
    await ExpectedPage.filter(digest=photo.digest).update(device_id=phone.id)
    return photo


async def sent(tus: Tus, photo: Photo) -> int:
    answer = await tus.begin(photo)
    if answer.status_code != 201:
        return answer.status_code
    place = answer.headers["location"]
    return (await tus.patch(place, 0, photo.ciphertext)).status_code


async def test_phone_that_brought_its_share_waits_for_the_next_day(
    server: Running, tus: Tus, clock: FixedClock
) -> None:
    phone, other = Phone(), Phone()
    uploads = server.state["uploads"]
    uploads._quota = 1 << 20
    assert await sent(tus, await by(phone, 600_000)) == 204
    more = await by(phone, 600_000)
    answer = await tus.begin(more)
    assert (answer.status_code, answer.json()["code"]) == (429, "upload-quota")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert await sent(tus, await by(other, 600_000)) == 204
    clock.move(DAY)
    assert await sent(tus, more) == 204


async def test_what_is_under_way_counts_and_beginning_it_again_does_not(
    server: Running, tus: Tus
) -> None:
    phone = Phone()
    server.state["uploads"]._quota = 1 << 20
    half = await by(phone, 600_000)
    assert (await tus.begin(half)).status_code == 201
    assert (await tus.begin(await by(phone, 600_000))).status_code == 429
    assert (await tus.begin(half)).status_code == 201


async def test_a_page_larger_than_the_share_alone_is_refused(database: Settings) -> None:
    with pytest.raises(Problem, match="upload-quota"):
        await check_quota("phone", 2 << 20, 1 << 20, START)
    await check_quota("phone", 1 << 20, 1 << 20, START)


async def test_offset_past_the_end_is_told_the_right_one(server: Running, tus: Tus) -> None:
    photo = await by(Phone(), 1_000)
    place = (await tus.begin(photo)).headers["location"]
    answer = await tus.patch(place, len(photo.ciphertext) + 5, b"x")
    assert (answer.status_code, answer.json()["code"]) == (409, "upload-offset-conflict")
    assert answer.headers["upload-offset"] == "0"
    assert await tus.offset(place) == 0


async def test_a_guessed_upload_is_unknown_whatever_is_done_to_it(
    server: Running, tus: Tus
) -> None:
    await tus.begin(await by(Phone(), 1_000))
    for name in (secrets.token_hex(16), secrets.token_hex(32), "x"):
        place = f"/uploads/{name}"
        answers = [
            await tus.patch(place, 0, b"x"),
            await tus.browser.head(place, headers=tus.headers),
            await tus.browser.delete(place, headers=tus.headers),
        ]
        assert {answer.status_code for answer in answers} == {404}


async def test_who_knows_anothers_upload_can_put_nothing_wrong_into_the_dossier(
    server: Running, tus: Tus
) -> None:
    photo = await by(Phone(), 1_000)
    place = (await tus.begin(photo)).headers["location"]
    forged = secrets.token_bytes(len(photo.ciphertext))
    answer = await tus.patch(place, 0, forged)
    assert answer.json()["code"] == "upload-digest-mismatch"
    assert await server.state["pages"].get(photo.digest) is None
    assert (await tus.patch(place, 0, photo.ciphertext)).status_code == 204


async def test_a_piece_with_a_wrong_checksum_is_dropped_and_the_offset_stays(
    server: Running, tus: Tus
) -> None:
    photo = await by(Phone(), 5_000)
    place = (await tus.begin(photo)).headers["location"]
    await tus.patch(place, 0, photo.ciphertext[:1_000])
    wrong = {"Upload-Checksum": "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="}
    answer = await tus.patch(place, 1_000, photo.ciphertext[1_000:2_000], **wrong)
    assert answer.status_code == 460
    assert await tus.offset(place) == 1_000
