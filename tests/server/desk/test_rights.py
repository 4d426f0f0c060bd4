"""Consent as it was given, copies of a person's data, and requests with their days."""

from datetime import date, timedelta

import pytest

from server import cli_rights
from server.clock import FixedClock
from server.errors import Problem
from server.events import Event
from server.rights.models import DataRequest
from tests.support.mutations import Photo
from tests.support.people import BAT_XAT, Y_TY

from .conftest import Hall, words_of

AGREED = {"version": "2026-11", "at": "2026-11-23T01:58:00Z"}
PERSON = {"name": "Giàng A Thử", "phone": "0912345678", "idNumber": "015090000001"}


async def test_consent_and_its_version_are_in_the_log_and_on_the_page(hall: Hall) -> None:
    dossier = await hall.file(consent=AGREED)
    event = await Event.get(name="dossier.submitted")
    assert event.data["consent"] == AGREED
    shown = words_of(await (await hall.at("clerk")).get(f"/desk/dossiers/{dossier.id}"))
    assert "Bản 2026-11, lúc 2026-11-23" in shown


async def test_helpers_who_handed_the_draft_on_are_named(hall: Hall) -> None:
    dossier = await hall.file(helpersBefore=[{"name": "Vàng Văn Ví Dụ", "relation": "cán bộ"}])
    shown = words_of(await (await hall.at("clerk")).get(f"/desk/dossiers/{dossier.id}"))
    assert "Trước đó giúp Vàng Văn Ví Dụ" in shown


async def test_dossier_of_an_old_app_is_taken_and_marked(hall: Hall) -> None:
    dossier = await hall.file()
    assert "consent" not in (await Event.get(name="dossier.submitted")).data
    shown = words_of(await (await hall.at("clerk")).get(f"/desk/dossiers/{dossier.id}"))
    assert "chưa ghi nhận" in shown


async def test_copy_holds_everything_and_is_in_the_log(hall: Hall) -> None:
    dossier = await hall.file(Photo("/data/giay_to/chung_sinh"), applicant=PERSON, consent=AGREED)
    await hall.file()
    clerk = await hall.at("clerk")
    await clerk.get(f"/desk/dossiers/{dossier.id}")
    answer = await clerk.post("/desk/rights/copy", data={"id_number": PERSON["idNumber"]})
    assert answer.headers["content-disposition"] == 'attachment; filename="hoso-2026-11-23.json"'
    (told,) = answer.json()["dossiers"]
    assert told["code"] == dossier.code
    assert told["applicant"] == PERSON
    assert told["answers"]["ho_ten"] == "Giàng A Thử"
    assert told["consent"]["version"] == "2026-11"
    assert [page["question"] for page in told["pages"]] == ["/data/giay_to/chung_sinh"]
    assert [step["event"] for step in told["timeline"]] == ["dossier.submitted"]
    assert [one["event"] for one in told["openings"]] == ["dossier.opened"]
    event = await Event.get(name="dossier.exported")
    assert (event.dossier_id, event.actor_role) == (dossier.id, "clerk")


async def test_clerk_copies_nothing_of_another_commune(hall: Hall) -> None:
    await hall.file(applicant=PERSON)
    answer = await (await hall.at("clerk", Y_TY)).post(
        "/desk/rights/copy", data={"id_number": PERSON["idNumber"]}
    )
    assert answer.status_code == 404
    assert "không lưu hồ sơ nào" in words_of(answer)
    assert not await Event.exists(name="dossier.exported")


async def test_command_line_writes_a_copy(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = await hall.file(applicant=PERSON)
    await cli_rights.run_person(PERSON["idNumber"], None)
    assert dossier.code in capsys.readouterr().out
    with pytest.raises(Problem, match="nothing-kept"):
        await cli_rights.run_person("0", None)


async def test_request_is_taken_down_with_its_days_and_answered_once(
    hall: Hall, clock: FixedClock
) -> None:
    clerk = await hall.at("clerk")
    fields = {
        "kind": "correct",
        "name": "Giàng A Thử",
        "id_number": "015090000001",
        "wish": "Sai ngày sinh",
        "commune": BAT_XAT,
    }
    assert (await clerk.post("/desk/rights", data=fields)).status_code == 303
    request = await DataRequest.get()
    # Two working days from a Monday; ten days in all.
    assert (request.reply_by, request.done_by) == (date(2026, 11, 25), date(2026, 12, 3))
    assert "Sai ngày sinh" in words_of(await clerk.get("/desk/rights"))
    url, outcome = f"/desk/rights/{request.id}", {"outcome": "Đã sửa ngày sinh"}
    other = await hall.at("clerk", Y_TY)
    assert (await other.post(url, data=outcome)).status_code == 404
    assert "Sai ngày sinh" not in words_of(await other.get("/desk/rights"))
    assert (await clerk.post(url, data=outcome)).status_code == 303
    assert (await clerk.post(url, data=outcome)).status_code == 404
    names = await Event.filter(name__startswith="rights.").order_by("seq").values_list("name")
    assert [name for (name,) in names] == ["rights.requested", "rights.answered"]


async def test_request_past_its_day_is_marked(hall: Hall, clock: FixedClock) -> None:
    clerk = await hall.at("clerk")
    fields = {"kind": "copy", "name": "A", "id_number": "1", "wish": "x", "commune": BAT_XAT}
    await clerk.post("/desk/rights", data=fields)
    clock.move(timedelta(days=11))
    clerk = await hall.anew("clerk")
    assert "badge danger" in (await clerk.get("/desk/rights")).text


@pytest.mark.parametrize("missing", ["name", "id_number", "wish", "kind"])
async def test_request_that_lacks_something_is_not_kept(hall: Hall, missing: str) -> None:
    fields = {"kind": "copy", "name": "A", "id_number": "1", "wish": "x", "commune": BAT_XAT}
    clerk = await hall.at("clerk")
    answer = await clerk.post("/desk/rights", data={**fields, missing: ""})
    assert answer.status_code == 422
    assert await DataRequest.all().count() == 0
