"""One dossier at the desk: from reception to the result, by forms alone."""

import uuid

import pytest

from server.dossiers.models import Dossier, DossierPage, Supplement
from server.identity.models import Person
from tests.support.mutations import PICTURE, Photo
from tests.support.people import Y_TY

from .conftest import Hall, words_of

NOTICE = "/data/giay_to/chung_sinh"


async def test_the_whole_path_from_reception_to_the_result(hall: Hall) -> None:
    dossier = await hall.file()
    await hall.at("specialist")
    specialist = await Person.get(account="specialist-02683")
    steps = [
        ("clerk", "receive", {}),
        ("clerk", "forward", {"person": str(specialist.id)}),
        ("specialist", "propose", {"reason": "Đủ điều kiện"}),
        ("approver", "approve", {}),
        ("clerk", "finish", {}),
        ("clerk", "return-result", {}),
    ]
    for role, verb, fields in steps:
        done = await hall.act(role, dossier, verb, **fields)
        assert done.status_code == 303, words_of(done)
    page = await (await hall.at("clerk")).get(f"/desk/dossiers/{dossier.id}")
    text = words_of(page)
    assert (await Dossier.get(id=dossier.id)).state == "returned"
    for said in ("H38.02683-261123-0001", "Đã tiếp nhận", "Đủ điều kiện", "Đã trả kết quả"):
        assert said in text


async def test_answers_stand_beside_their_labels(hall: Hall) -> None:
    dossier = await hall.file()
    text = words_of(await (await hall.at("clerk")).get(f"/desk/dossiers/{dossier.id}"))
    assert "Họ tên Giàng A Thử" in text


async def test_a_second_press_of_the_same_button_changes_nothing(hall: Hall) -> None:
    dossier = await hall.file()
    data = {"version": str(dossier.version)}
    clerk = await hall.at("clerk")
    first = await clerk.post(f"/desk/dossiers/{dossier.id}/receive", data=data)
    second = await clerk.post(f"/desk/dossiers/{dossier.id}/receive", data=data)
    assert (first.status_code, second.status_code) == (303, 409)
    assert "đã thay đổi" in words_of(second)
    assert (await Dossier.get(id=dossier.id)).number == "H38.02683-261123-0001"


async def test_a_refusal_needs_a_reason_and_says_so_on_the_page(hall: Hall) -> None:
    dossier = await hall.file()
    answer = await hall.act("clerk", dossier, "refuse", reason="  ")
    assert answer.status_code == 422
    assert "Còn thiếu: Lý do" in words_of(answer)
    assert (await Dossier.get(id=dossier.id)).state == "submitted"


async def test_a_supplement_marks_questions_and_pages_with_notes(hall: Hall) -> None:
    dossier = await hall.file(Photo(NOTICE))
    clerk = await hall.at("clerk")
    marking = await clerk.get(f"/desk/dossiers/{dossier.id}/supplement")
    asked = await hall.act(
        "clerk",
        dossier,
        "supplement",
        mark=[f"page:{NOTICE}", "question:/data/ngay_sinh"],
        sentence="Nhờ chụp lại cho rõ.",
        **{f"note:{NOTICE}": "Ảnh bị mờ"},
    )
    request = await Supplement.get(dossier_id=dossier.id)
    shown = words_of(await clerk.get(f"/desk/dossiers/{dossier.id}"))
    assert f'value="page:{NOTICE}"' in marking.text
    assert "Đã nộp" in words_of(marking)
    assert ".jpg" not in marking.text, "the name of a file says nothing to a person"
    assert "/data/chao" not in marking.text, "what the form computes cannot be asked for"
    assert asked.status_code == 303
    assert {item["path"]: item.get("note") for item in request.items} == {
        NOTICE: "Ảnh bị mờ",
        "/data/ngay_sinh": None,
    }
    assert "Nhờ chụp lại cho rõ." in shown
    assert "Ảnh bị mờ" in shown


async def test_a_supplement_with_nothing_marked_keeps_the_sentence(hall: Hall) -> None:
    dossier = await hall.file()
    answer = await hall.act("clerk", dossier, "supplement", sentence="Thiếu giấy.")
    assert answer.status_code == 422
    assert "Thiếu giấy." in answer.text
    assert "Chưa đánh dấu" in words_of(answer)


async def test_a_page_opens_in_a_sandbox_once_it_has_arrived(hall: Hall) -> None:
    photo = Photo(NOTICE)
    dossier = await hall.file(photo)
    clerk = await hall.at("clerk")
    page = await DossierPage.get(dossier_id=dossier.id)
    address = f"/desk/dossiers/{dossier.id}/pages/{page.id}"
    missing = await clerk.get(address)
    await hall.server.state["pages"].put(photo.digest, photo.ciphertext)
    await DossierPage.filter(id=page.id).update(received_at=hall.services.clock.now())
    opened = await clerk.get(address)
    assert missing.status_code == 404
    assert opened.content.startswith(PICTURE)
    assert opened.headers["content-type"] == "image/png"
    for part in ("sandbox", "frame-ancestors 'none'"):
        assert part in opened.headers["content-security-policy"]
    assert opened.headers["x-content-type-options"] == "nosniff"


async def test_a_page_of_another_dossier_is_not_opened_by_this_address(hall: Hall) -> None:
    one, other = await hall.file(Photo(NOTICE)), await hall.file()
    page = await DossierPage.get(dossier_id=one.id)
    answer = await (await hall.at("clerk")).get(f"/desk/dossiers/{other.id}/pages/{page.id}")
    assert answer.status_code == 404


async def test_the_slip_has_number_day_and_a_code_that_verifies(hall: Hall) -> None:
    dossier = await hall.file()
    clerk = await hall.at("clerk")
    early = await clerk.get(f"/desk/dossiers/{dossier.id}/slip")
    await hall.act("clerk", dossier, "receive")
    slip = await clerk.get(f"/desk/dossiers/{dossier.id}/slip")
    assert early.status_code == 409
    for said in ("Giấy tiếp nhận hồ sơ", "H38.02683-261123-0001", "30/11/2026", "Giàng A Thử"):
        assert said in words_of(slip)
    assert "<svg" in slip.text


@pytest.mark.parametrize("path", ["", "/slip", "/supplement", f"/pages/{uuid.UUID(int=7)}"])
async def test_a_clerk_of_another_commune_finds_no_such_dossier(hall: Hall, path: str) -> None:
    dossier = await hall.file()
    other = await hall.at("clerk", Y_TY)
    answer = await other.get(f"/desk/dossiers/{dossier.id}{path}")
    assert answer.status_code == 404
    assert "Giàng A Thử" not in answer.text


@pytest.mark.parametrize(
    "verb",
    ["receive", "refuse", "forward", "propose", "approve", "finish", "return-result", "stop"],
)
async def test_no_verb_reaches_into_another_commune(hall: Hall, verb: str) -> None:
    dossier = await hall.file()
    for role in ("clerk", "specialist", "approver"):
        answer = await hall.act(role, dossier, verb, Y_TY, reason="x", person=str(uuid.uuid4()))
        assert answer.status_code == 404
    assert (await Dossier.get(id=dossier.id)).version == dossier.version


@pytest.mark.parametrize("role", ["officer", "administrator"])
async def test_who_has_no_business_at_the_desk_reads_nothing(hall: Hall, role: str) -> None:
    dossier = await hall.file()
    browser = await hall.at(role)
    assert (await browser.get("/desk/dossiers")).status_code == 403
    assert (await browser.get(f"/desk/dossiers/{dossier.id}")).status_code == 404


async def test_an_unknown_verb_is_no_page(hall: Hall) -> None:
    dossier = await hall.file()
    assert (await hall.act("clerk", dossier, "burn")).status_code == 404
