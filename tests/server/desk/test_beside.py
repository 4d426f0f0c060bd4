"""Two dossiers that may be the same: named on each other's page, put side by side, left apart."""

import uuid
from typing import Any

from server.dossiers.models import Dossier, Supplement
from server.forms.models import Procedure
from tests.support.desks import staff_of
from tests.support.mutations import PROCEDURE, envelope, submission
from tests.support.people import Y_TY

from .conftest import Hall, words_of


def answers(name: str, commune: str) -> dict[str, str]:
    return {
        **submission()["answers"],
        "_commune": commune,
        "ho_ten": name,
        "chao": f"Chào {name}",
        "ngay_sinh": "2026-01-05",
    }


async def two(hall: Hall, other_commune: str = "02683") -> tuple[Dossier, Dossier]:
    await Procedure.filter(code=PROCEDURE).update(sameness=[["/data/ho_ten", "/data/ngay_sinh"]])
    first = await hall.file(answers=answers("Giàng A Thử", "02683"))
    second = await hall.file(answers=answers("Giang A Thu", other_commune), commune=other_commune)
    return first, second


async def test_each_names_the_other_on_its_page(hall: Hall) -> None:
    first, second = await two(hall)
    clerk = await hall.at("clerk")
    for one, other in ((first, second), (second, first)):
        page = await clerk.get(f"/desk/dossiers/{one.id}")
        assert "Có thể trùng với hồ sơ khác" in words_of(page)
        assert f"/desk/dossiers/{one.id}/beside/{other.id}" in page.text


async def test_side_by_side_what_differs_is_marked(hall: Hall) -> None:
    first, second = await two(hall)
    page = await (await hall.at("clerk")).get(f"/desk/dossiers/{first.id}/beside/{second.id}")
    text = words_of(page)
    assert "Họ tên (khác nhau) Giàng A Thử Giang A Thu" in text
    assert "Ngày sinh (khác nhau)" not in text


async def test_of_another_communes_dossier_only_the_commune_is_told(hall: Hall) -> None:
    first, second = await two(hall, Y_TY)
    clerk = await hall.at("clerk")
    page = await clerk.get(f"/desk/dossiers/{first.id}")
    assert "Một hồ sơ tại Xã Y Tý" in words_of(page)
    assert str(second.id) not in page.text
    refused = await clerk.get(f"/desk/dossiers/{first.id}/beside/{second.id}")
    assert refused.status_code == 404


async def test_a_dossier_unlike_any_says_nothing_of_it(hall: Hall) -> None:
    page = await (await hall.at("clerk")).get(f"/desk/dossiers/{(await hall.file()).id}")
    assert "trùng" not in words_of(page)


async def test_two_answers_to_one_request_stand_side_by_side(hall: Hall) -> None:
    payload = submission()
    await sync(hall, payload)
    staff = staff_of(hall.services)
    asked = [{"path": "/data/ho_ten", "kind": "question"}]
    await staff.act("ask_supplement", payload["dossier"], "Ghi lại tên giúp.", asked)
    supplement = await Supplement.get(dossier_id=payload["dossier"])
    for name in ("Lò Thị Mẫu", "Vàng Văn Ví Dụ"):
        later = {
            **payload,
            "id": str(uuid.uuid4()),
            "kind": "supplement.answer",
            "base": 2,
            "supplement": str(supplement.id),
            "answers": {"ho_ten": name},
        }
        verdict = await sync(hall, later)
    assert verdict["verdict"] == "conflict"
    clerk = await hall.at("approver")
    address = f"/desk/dossiers/{payload['dossier']}/conflicts/{later['id']}"
    assert address in (await clerk.get(f"/desk/dossiers/{payload['dossier']}")).text
    text = words_of(await clerk.get(address))
    assert "Họ tên (khác nhau) Lò Thị Mẫu Vàng Văn Ví Dụ" in text
    missing = await clerk.get(f"/desk/dossiers/{payload['dossier']}/conflicts/{payload['id']}")
    assert missing.status_code == 404


async def sync(hall: Hall, payload: dict[str, Any]) -> dict[str, Any]:
    sealed = envelope(hall.services.keyring, hall.phone, payload)
    body = {"v": 1, "envelopes": [sealed], "device": hall.phone.claim("none"), "language": "vi"}
    async with hall.server.browser() as browser:
        reply = await browser.post("/sync", json=body)
    verdict: dict[str, Any] = reply.json()["verdicts"][0]
    return verdict


async def test_second_version_of_a_dossier_is_shown_beside_the_first_before_anybody_decides(
    hall: Hall,
) -> None:
    payload = submission()
    await sync(hall, payload)
    name = "Lò Thị Mẫu"
    second = {**payload, "id": str(uuid.uuid4())}
    second["answers"] = payload["answers"] | {"ho_ten": name, "chao": f"Chào {name}"}
    assert (await sync(hall, second))["verdict"] == "held"
    clerk = await hall.at("clerk")
    address = f"/desk/dossiers/{payload['dossier']}/conflicts/{second['id']}"
    held = await clerk.get("/desk/held")
    assert f"/desk/held/{second['id']}" in held.text
    assert "Hồ sơ này đã có bản khác gửi trước" in held.text
    text = words_of(await clerk.get(address))
    assert f"(khác nhau) Giàng A Thử {name}" in text
    accepted = await clerk.post(f"/desk/held/{second['id']}", data={"decision": "accept"})
    assert accepted.status_code == 303
    assert payload["dossier"] not in accepted.headers["location"]
