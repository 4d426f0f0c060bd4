"""Forms at the desk: brought, judged, compared, tried, published."""

import asyncio
import re
from datetime import timedelta

import httpx2
import pytest

from server.clock import FixedClock
from server.events import Event
from server.forms import uploads
from server.forms.models import (
    AcceptedForm,
    FormResource,
    FormUpload,
    FormUploadFile,
    FormVersion,
    Procedure,
)
from server.forms.uploads import sweep_form_uploads
from tests.support.application import START
from tests.support.mutations import PROCEDURE

from .conftest import Hall, words_of

HEAD = "| survey |\n| | type | name | label::Tiếng Việt (vi) | label::English (en) | relevant |\n"
ROWS = "| | text | ten | Họ và tên | Full name | |\n"
MORE = ROWS + "| | text | xa | Xã | Commune | |\n"
HOME = "/desk/forms"


def sheet(rows: str = ROWS) -> bytes:
    return (HEAD + rows).encode()


async def bring(
    hall: Hall, content: bytes, name: str = "khai-sinh.md", **attachments: bytes
) -> httpx2.Response:
    """Bring a form as administrator, and go where that leads."""
    browser = await hall.at("administrator")
    files = [("form", (name, content))]
    files += [("attachments", (file.replace("_", "."), one)) for file, one in attachments.items()]
    data = {"procedure": PROCEDURE}
    answer = await browser.post(f"{HOME}/new", data=data, files=files)
    if answer.status_code == 303:
        return await browser.get(answer.headers["location"])
    return answer


async def publish(hall: Hall, page: httpx2.Response, **changed: str) -> httpx2.Response:
    """Press the button of a page as it is."""
    browser = await hall.at("administrator")
    hidden = dict(re.findall(r'name="(seen:[^"]+)" value="([^"]+)"', page.text))
    (until,) = re.findall(r'name="until" value="([^"]+)"', page.text)
    data = {**hidden, "until": until, **changed}
    address = page.url.path.removesuffix("/publish")
    answer = await browser.post(f"{address}/publish", data=data)
    if answer.status_code == 303:
        return await browser.get(answer.headers["location"])
    return answer


async def current() -> str:
    return (await Procedure.get(code=PROCEDURE)).form_digest


async def test_list_tells_what_each_procedure_uses_and_still_takes(hall: Hall) -> None:
    await publish(hall, await bring(hall, sheet()))
    browser = await hall.at("administrator")
    shown = words_of(await browser.get(HOME))
    assert (await current())[:8] in shown
    # Ninety days after the start, to the end of that day.
    assert "đến 21/02/2027" in shown
    assert 'href="/desk/forms"' in (await browser.get("/desk/people")).text


async def test_brought_form_changes_nothing_until_it_is_published(hall: Hall) -> None:
    before = await current()
    page = await bring(hall, sheet(MORE))
    assert page.status_code == 200
    assert await current() == before
    assert await FormVersion.all().count() == 1
    upload = await FormUpload.get()
    done = await publish(hall, page)
    assert "Đã công bố biểu mẫu" in words_of(done)
    assert await current() == upload.form_digest != before
    old = await AcceptedForm.get(form_digest=before)
    assert old.accepted_until is not None
    event = await Event.get(name="form.published", actor_role="administrator")
    assert event.data["procedures"] == [PROCEDURE]
    assert event.actor_name == "Lò Thị Administrator"


async def test_form_can_be_tried_by_its_digest_before_it_is_published(hall: Hall) -> None:
    rows = "| | select_one_from_file p.csv | noi | Nơi | Place | |\n"
    page = await bring(hall, sheet(rows), p_csv=b"name,label\na,A\n")
    upload = await FormUpload.get()
    assert f"/preview/{upload.form_digest}" in page.text
    assert await FormResource.filter(name="p.csv").count() == 0
    async with hall.server.browser() as nobody:
        form = await nobody.get(f"/forms/{upload.form_digest}.json")
        assert form.status_code == 200
        (digest,) = [one["resource"] for one in form.json()["instances"].values()]
        assert (await nobody.get(f"/resources/{digest}.json")).json()["values"] == [["a"], ["A"]]
        (words,) = form.json()["translations"].values()
        assert (await nobody.get(f"/resources/{words}.json")).status_code == 200
    await publish(hall, page)
    assert await FormResource.filter(digest__in=[digest, words]).count() == 2


async def test_faulty_form_is_told_in_both_languages_with_sheet_row_and_column(hall: Hall) -> None:
    page = await bring(hall, sheet(ROWS + "| | text | b | B | B | ${khong} = 1 |\n"))
    told = words_of(page)
    assert "Trang survey, dòng 3, cột relevant" in told
    assert "Không có câu hỏi nào tên “khong”" in told
    assert "Could not find the name" in told
    assert "Chưa công bố được: 1 lỗi" in told
    assert 'name="until"' not in page.text
    answer = await (await hall.at("administrator")).post(
        f"{page.url.path}/publish", data={"until": "2027-02-21"}
    )
    assert answer.status_code == 422
    assert await FormVersion.all().count() == 1


async def test_page_tells_missing_words_unserved_parts_and_questions_nobody_reaches(
    hall: Hall,
) -> None:
    rows = (
        "| | select_one c | a | A | A | |\n| | text | b | B | | ${a} = 'z' |\n"
        "| choices |\n| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |\n"
        "| | c | x | X | X |\n"
    )
    page = await bring(hall, sheet(rows).replace(b"relevant", b"relevant", 1))
    told = words_of(page)
    assert "Câu không bao giờ được hỏi" in told
    assert "Chưa dịch sang en: 1" in told
    assert "Số câu hỏi: 2" in told
    assert "KB" in told


async def test_difference_and_dry_run_are_in_the_forms_own_words(hall: Hall) -> None:
    await hall.file()
    told = words_of(await bring(hall, sheet()))
    assert "Khác gì với mẫu đang dùng" in told
    assert "Bỏ" in told
    assert "1 hồ sơ đang mở" in told
    assert "mẫu mới không hỏi nữa" in told


async def test_same_files_again_are_the_same_upload(hall: Hall) -> None:
    first = await bring(hall, sheet())
    second = await bring(hall, sheet())
    assert first.url == second.url
    assert await FormUpload.all().count() == 1
    assert await Event.filter(name="form.uploaded").count() == 1


async def test_form_in_use_brought_again_has_nothing_to_publish(hall: Hall) -> None:
    await publish(hall, await bring(hall, sheet()))
    page = await bring(hall, sheet())
    assert "Đây chính là mẫu đang dùng" in words_of(page)
    assert 'name="until"' not in page.text


async def test_second_click_publishes_nothing_more(hall: Hall) -> None:
    page = await bring(hall, sheet())
    answers = [await publish(hall, page) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert await Event.filter(name="form.published", actor_role="administrator").count() == 1
    assert await AcceptedForm.filter(procedure_code=PROCEDURE).count() == 2


async def test_of_two_administrators_the_later_has_to_look_again(hall: Hall) -> None:
    one, other = await bring(hall, sheet()), await bring(hall, sheet(MORE))
    await publish(hall, one)
    published = await current()
    late = await publish(hall, other)
    assert late.status_code == 409
    assert "một mẫu khác đã được công bố" in words_of(late)
    assert await current() == published
    # The page that says so has compared anew.
    assert (await publish(hall, late)).status_code == 200
    assert await current() != published


async def test_older_version_published_again_is_the_current_one(hall: Hall) -> None:
    await publish(hall, await bring(hall, sheet()))
    first = await current()
    await publish(hall, await bring(hall, sheet(MORE)))
    await publish(hall, await bring(hall, sheet()))
    assert await current() == first
    assert (await AcceptedForm.get(form_digest=first)).accepted_until is None


@pytest.mark.parametrize("until", ["2026-11-24", "2028-01-01", "x", ""])
async def test_last_day_of_the_version_before_lies_within_bounds(hall: Hall, until: str) -> None:
    before = await current()
    answer = await publish(hall, await bring(hall, sheet()), until=until)
    assert answer.status_code == 422
    assert "phải từ 07/12/2026 đến 24/11/2027" in words_of(answer)
    assert await current() == before


async def test_chosen_last_day_counts_to_its_end_in_vietnam(hall: Hall) -> None:
    before = await current()
    await publish(hall, await bring(hall, sheet()), until="2026-12-31")
    end = (await AcceptedForm.get(form_digest=before)).accepted_until
    assert end is not None
    assert end.isoformat() == "2026-12-31T17:00:00+00:00"


async def test_publishing_asks_for_a_fresh_sign_in(hall: Hall, clock: FixedClock) -> None:
    page = await bring(hall, sheet())
    before = await current()
    clock.move(timedelta(minutes=16))
    answer = await publish(hall, page)
    assert "/desk/sign-in" in str(answer.url) or "Đăng nhập" in words_of(answer)
    assert await current() == before
    await hall.anew("administrator")
    await publish(hall, page)
    assert await current() != before


async def test_upload_without_file_procedure_or_known_procedure_is_told(hall: Hall) -> None:
    browser = await hall.at("administrator")
    file = [("form", ("f.md", sheet()))]
    for data, files, status in (
        ({"procedure": PROCEDURE}, [], 422),
        ({}, file, 422),
        ({"procedure": "9.9"}, file, 404),
    ):
        answer = await browser.post(f"{HOME}/new", data=data, files=files)
        assert answer.status_code == status
        assert 'role="alert"' in answer.text
    assert not await FormUpload.exists()


async def test_discarded_upload_is_gone_and_what_it_published_stays(hall: Hall) -> None:
    page = await bring(hall, sheet())
    await publish(hall, page)
    published = await current()
    browser = await hall.at("administrator")
    for status in (303, 404):
        answer = await browser.post(f"{page.url.path}/discard")
        assert answer.status_code == status
    assert not await FormUploadFile.exists()
    assert await current() == published
    async with hall.server.browser() as nobody:
        assert (await nobody.get(f"/forms/{published}.json")).status_code == 200


async def test_upload_is_swept_after_its_days_and_a_further_one_displaces_the_oldest(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_KEPT", 2)
    for rows in (ROWS, MORE, MORE + ROWS.replace("ten", "hai")):
        await bring(hall, sheet(rows))
    assert await FormUpload.all().count() == 2
    await sweep_form_uploads(START + timedelta(days=6))
    assert await FormUpload.all().count() == 2
    await sweep_form_uploads(START + timedelta(days=7))
    assert not await FormUpload.exists()
    assert not await FormUploadFile.exists()


async def test_page_of_an_upload_that_is_over_says_to_bring_it_again(
    hall: Hall, clock: FixedClock
) -> None:
    page = await bring(hall, sheet())
    clock.move(uploads.KEPT)
    browser = await hall.anew("administrator")
    answer = await browser.get(page.url.path)
    assert answer.status_code == 404
    assert "Hãy tải tệp lên lại" in words_of(answer)


async def test_same_form_brought_by_two_at_once_is_kept_once(hall: Hall) -> None:
    await hall.at("administrator")
    pages = await asyncio.gather(bring(hall, sheet()), bring(hall, sheet()))
    assert {one.status_code for one in pages} == {200}
    assert await FormUpload.all().count() == 1
    assert await FormUploadFile.all().count() == 2


LIST_ROWS = "| | select_one_from_file {file}.csv | noi | Nơi | Place | |\n"
PICTURE_ROWS = (
    "| survey |\n| | type | name | label::Tiếng Việt (vi) | media::image |\n"
    "| | text | ten | Họ và tên | {picture} |\n"
)


async def test_files_of_the_version_in_use_are_kept_for_one_that_names_them(hall: Hall) -> None:
    settings = "| settings |\n| | version |\n| | 7 |\n"
    first = sheet(ROWS + LIST_ROWS.format(file="noi") + settings)
    await publish(hall, await bring(hall, first, noi_csv=b"name,label\na,A\n"))
    before = (await FormVersion.get(digest=await current())).resources
    page = await bring(hall, sheet(MORE + LIST_ROWS.format(file="noi")))
    assert "Biểu mẫu dùng được" in words_of(page)
    digest = (await current())[:8]
    assert f"noi.csv: giữ từ bản 7 (mã {digest})" in words_of(page)
    await publish(hall, page)
    assert (await current())[:8] != digest
    # The very list: phones that have it fetch nothing.
    assert (await FormVersion.get(digest=await current())).resources == before


async def test_a_file_of_the_same_name_takes_the_place_of_the_kept_one(hall: Hall) -> None:
    form = sheet(ROWS + LIST_ROWS.format(file="noi"))
    await publish(hall, await bring(hall, form, noi_csv=b"name,label\na,A\n"))
    before = await current()
    page = await bring(hall, form, noi_csv=b"name,label\nb,B\n")
    assert "giữ từ bản" not in words_of(page)
    await publish(hall, page)
    after = await current()
    assert after != before
    (digest,) = (await FormVersion.get(digest=after)).resources
    assert b'"b"' in (await FormResource.get(digest=digest)).content


async def test_pictures_are_kept_too_and_what_nobody_has_is_still_missing(hall: Hall) -> None:
    form = PICTURE_ROWS.format(picture="ten.png").encode()
    await publish(hall, await bring(hall, form, ten_png=b"\x89PNG"))
    changed = form.replace("Họ và tên".encode(), "Tên".encode())
    page = await bring(hall, changed)
    assert "ten.png: giữ từ bản" in words_of(page)
    assert await FormUploadFile.filter(kind="media", name="ten.png").count() == 2
    missing = await bring(hall, sheet(ROWS + LIST_ROWS.format(file="khac")))
    assert "Chưa công bố được" in words_of(missing)


async def test_a_list_that_another_form_brought_first_is_kept_by_this_forms_name(
    hall: Hall,
) -> None:
    content = b"name,label\na,A\n"
    form = sheet(ROWS + LIST_ROWS.format(file="noi"))
    await bring(hall, sheet(ROWS + LIST_ROWS.format(file="khac")), khac_csv=content)
    await publish(hall, await bring(hall, form, noi_csv=content))
    await FormResource.filter(name="noi.csv").update(name="khac.csv")
    page = await bring(hall, sheet(MORE + LIST_ROWS.format(file="noi")))
    assert "noi.csv: giữ từ bản" in words_of(page)
