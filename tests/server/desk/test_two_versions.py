"""Two versions of one dossier before a person at the desk: what differs, and the three ways out."""

import re
import uuid
from typing import Any

from server.attachments.models import Blob
from server.dossiers.models import Dossier
from server.events import Event
from server.sync.models import Mutation
from tests.support.application import START
from tests.support.mutations import Photo, submission

from .conftest import Hall, words_of
from .test_beside import sync

BIRTH = "/data/giay_to/chung_sinh"


async def two(hall: Hall, *photos: Photo, **answers: Any) -> tuple[str, str]:
    """A dossier and its second version: the dossier's id, the address of the page."""
    first = submission()
    await sync(hall, first)
    second = submission(*photos, dossier=first["dossier"])
    second["answers"] |= answers
    second["answers"]["chao"] = f"Chào {second['answers']['ho_ten']}"
    assert (await sync(hall, second))["verdict"] == "held"
    return first["dossier"], f"/desk/held/{second['id']}"


async def test_what_differs_comes_first_and_each_place_asks_for_a_choice(hall: Hall) -> None:
    _, address = await two(hall, ho_ten="Lò Thị Mẫu", ngay_sinh="2026-01-05")
    clerk = await hall.at("clerk")
    assert f'href="{address}"' in (await clerk.get("/desk/held")).text
    page = await clerk.get(address)
    text = words_of(page)
    asked = sorted(set(re.findall(r'name="(choice:[^"]+)"', page.text)))
    assert asked == ["choice:/data/ho_ten"]
    assert "Họ tên Giữ câu này Giàng A Thử Giữ câu này Lò Thị Mẫu" in text
    assert "Ngày sinh Chỉ một bản có; khi gộp sẽ giữ. – 05/01/2026" in text
    assert text.index("Ngày sinh") < text.index("2 câu giống nhau") < text.index("Điện thoại")
    assert await Event.exists(name="dossier.opened")


async def test_choosing_and_joining_leads_to_the_one_dossier(hall: Hall) -> None:
    dossier, address = await two(hall, ho_ten="Lò Thị Mẫu", ngay_sinh="2026-01-05")
    clerk = await hall.at("clerk")
    chosen = {"decision": "join", "version": "1", "choice:/data/ho_ten": "sent"}
    answer = await clerk.post(address, data=chosen)
    assert answer.headers["location"] == f"/desk/dossiers/{dossier}?done=join"
    page = words_of(await clerk.get(answer.headers["location"]))
    assert "Đã gộp hai bản" in page
    assert (await Dossier.get()).answers["ho_ten"] == "Lò Thị Mẫu"
    assert (await clerk.get(address)).status_code == 404
    again = await clerk.post(address, data=chosen)
    assert again.status_code == 409


async def test_a_place_without_a_choice_is_asked_for_again_and_the_others_are_kept(
    hall: Hall,
) -> None:
    _, address = await two(hall, ho_ten="Lò Thị Mẫu", con=[{"ten": "Mẫu"}])
    await Dossier.all().update(answers=(await Dossier.get()).answers | {"con": [{"ten": "Dụ"}]})
    clerk = await hall.at("clerk")
    page = await clerk.post(
        address, data={"decision": "join", "version": "1", "choice:/data/con": "both"}
    )
    assert page.status_code == 422
    assert "Còn thiếu: chọn câu trả lời ở chỗ được tô" in words_of(page)
    assert 'name="choice:/data/con" value="both" checked' in page.text
    assert await Mutation.filter(verdict="held", decided_at=None).count() == 1


async def test_what_the_form_says_of_the_two_together_is_told_by_question(hall: Hall) -> None:
    _, address = await two(hall, ho_ten="Lò Thị Mẫu")
    await Dossier.all().update(answers=(await Dossier.get()).answers | {"ngay_sinh": "2099-01-01"})
    clerk = await hall.at("clerk")
    page = await clerk.post(
        address, data={"decision": "join", "version": "1", "choice:/data/ho_ten": "there"}
    )
    assert page.status_code == 422
    assert '<ul class="notice danger"><li>Ngày sinh</li></ul>' in page.text


async def test_once_the_answers_stand_only_the_other_ways_are_offered(hall: Hall) -> None:
    _, address = await two(hall, ho_ten="Lò Thị Mẫu")
    await Dossier.all().update(state="processing", stage="approved")
    page = await (await hall.at("clerk")).get(address)
    assert "Không gộp được nữa" in words_of(page)
    assert 'value="join"' not in page.text
    assert "choice:" not in page.text
    assert 'value="accept"' in page.text
    assert 'value="reject"' in page.text


async def test_filing_it_beside_and_turning_it_down_are_as_before(hall: Hall) -> None:
    dossier, address = await two(hall, ho_ten="Lò Thị Mẫu")
    clerk = await hall.at("clerk")
    accepted = await clerk.post(address, data={"decision": "accept"})
    assert dossier not in accepted.headers["location"]
    assert await Dossier.all().count() == 2
    _, address = await two(hall, ho_ten="Vàng Văn Ví Dụ")
    refused = await clerk.post(address, data={"decision": "reject", "reason": "Gửi nhầm."})
    assert refused.headers["location"] == "/desk/held?done=reject"


async def test_pages_of_both_can_be_looked_at_before_deciding(hall: Hall) -> None:
    photo = Photo(BIRTH)
    _, address = await two(hall, photo)
    clerk = await hall.at("clerk")
    assert "Ảnh chưa về đến" in words_of(await clerk.get(address))
    store = hall.server.state["pages"]
    await store.put(photo.digest, photo.ciphertext)
    await Blob.create(digest=photo.digest, size=len(photo.ciphertext), stored_at=START)
    page = await clerk.get(address)
    assert f'<a href="{address}/pages/{photo.name}" target="_blank">Xem ảnh</a>' in page.text
    shown = await clerk.get(f"{address}/pages/{photo.name}")
    assert (shown.status_code, shown.content) == (200, photo.plain)
    assert "sandbox" in shown.headers["content-security-policy"]
    assert await Event.exists(name="page.opened")
    assert (await clerk.get(f"{address}/pages/another.jpg")).status_code == 404


async def test_nobody_else_reads_what_waits(hall: Hall) -> None:
    _, address = await two(hall, ho_ten="Lò Thị Mẫu")
    for role in ("specialist", "approver", "auditor"):
        assert (await (await hall.at(role)).get(address)).status_code == 404
    clerk = await hall.at("clerk")
    assert (await clerk.get("/desk/held/none")).status_code == 404
    assert (await clerk.get(f"/desk/held/{uuid.uuid4()}")).status_code == 404
