"""The event log read by auditors, openings noted and told to the citizen, and its own soundness."""

from datetime import timedelta
from typing import Any

import pytest
from tortoise import connections

from server import cli_audit
from server.audit import reads
from server.audit.citizens import lines_about
from server.audit.queries import lines
from server.cli_data import Examined
from server.clock import FixedClock
from server.dossiers.models import Dossier, DossierPage
from server.errors import Problem
from server.events import Event
from server.identity.backend import Visitor, roles_of
from server.identity.models import Login, Person
from server.settings import Settings
from tests.support.application import START
from tests.support.dossiers import make_dossier
from tests.support.mutations import Photo
from tests.support.people import BAT_XAT, Y_TY, make_communes, make_person
from tests.support.phones import Phone

from .conftest import Hall, words_of


async def visitor_of(person: Person) -> Visitor:
    return Visitor(person, await roles_of(person), Login(token_digest="0" * 64))


async def openings(hall: Hall, dossier: Dossier, phone: Phone) -> Any:
    async with hall.server.browser() as browser:
        known = await browser.post(
            "/sync", json={"v": 1, "language": "vi", "device": phone.claim("none")}
        )
        device = phone.claim(known.json()["nonce"])
        answer = await browser.post(f"/dossiers/{dossier.id}/openings", json={"device": device})
    return answer.json()


async def test_citizen_sees_who_opened_dossier_and_page(hall: Hall) -> None:
    dossier = await hall.file(Photo("/data/giay_to/chung_sinh"))
    page = await DossierPage.get(dossier_id=dossier.id)
    clerk = await hall.at("clerk")
    for _ in range(2):
        await clerk.get(f"/desk/dossiers/{dossier.id}")
        await clerk.get(f"/desk/dossiers/{dossier.id}/pages/{page.id}")
    told = await openings(hall, dossier, hall.phone)
    assert [(one["event"], one["role"], one["name"]) for one in told] == [
        ("page.opened", "clerk", "Lò Thị Clerk"),
        ("dossier.opened", "clerk", "Lò Thị Clerk"),
    ]
    assert (await openings(hall, dossier, Phone()))["code"] == "dossier-unknown"
    shown = words_of(await clerk.get(f"/desk/dossiers/{dossier.id}"))
    assert "dossier.opened" not in shown


async def test_opening_again_later_or_by_another_is_noted_again(
    hall: Hall,
    clock: FixedClock,
) -> None:
    dossier = await hall.file()
    for role, later in (("clerk", 0), ("clerk", 9), ("specialist", 0), ("clerk", 2)):
        clock.move(timedelta(minutes=later))
        await (await hall.at(role)).get(f"/desk/dossiers/{dossier.id}")
    noted = await Event.filter(name=reads.OPENED).order_by("seq")
    assert [one.actor_role for one in noted] == ["clerk", "specialist", "clerk"]


async def test_who_is_turned_away_opens_nothing(hall: Hall) -> None:
    dossier = await hall.file()
    await (await hall.at("clerk", Y_TY)).get(f"/desk/dossiers/{dossier.id}")
    assert not await Event.exists(name=reads.OPENED)


async def test_auditor_finds_events_by_person_and_by_dossier(hall: Hall) -> None:
    dossier, other = await hall.file(), await hall.file()
    for one in (dossier, other):
        await hall.act("clerk", one, "receive")
    await (await hall.at("specialist")).get(f"/desk/dossiers/{dossier.id}")
    auditor = await hall.at("auditor")
    everything = words_of(await auditor.get("/desk/audit"))
    assert "Mở hồ sơ" in everything
    mine = await auditor.get("/desk/audit", params={"person": "specialist-02683"})
    assert "Mở hồ sơ" in words_of(mine)
    assert "Đã tiếp nhận" not in words_of(mine)
    one = words_of(await auditor.get("/desk/audit", params={"dossier": dossier.code.lower()}))
    assert dossier.code in one
    assert other.code not in one
    none = await auditor.get("/desk/audit", params={"dossier": "HS-0000-0000"})
    assert "Không có ghi nhận nào như vậy" in words_of(none)


async def test_auditor_of_a_commune_sees_its_events_alone(database: Settings) -> None:
    await make_communes()
    here, there = await make_dossier(), await make_dossier(commune_code=Y_TY)
    now = here.submitted_at
    for dossier in (here, there):
        clerk = await make_person(f"clerk-{dossier.commune_code}", "clerk", dossier.commune_code)
        await reads.record(await visitor_of(clerk), dossier, now)
    local = await visitor_of(await make_person("kiem-tra", "auditor", BAT_XAT))
    found, has_more = await lines(local)
    assert [one.event.commune_code for one in found] == [BAT_XAT]
    assert not has_more
    overall = await visitor_of(await make_person("thanh-tra", "auditor", ""))
    assert len((await lines(overall))[0]) == 2
    with pytest.raises(Problem, match="not-allowed"):
        await lines(await visitor_of(clerk))


async def about(hall: Hall, citizen: str) -> str:
    auditor = await hall.at("auditor")
    return words_of(await auditor.post("/desk/audit", data={"citizen": citizen}))


async def test_auditor_finds_who_looked_at_a_citizens_dossiers(hall: Hall) -> None:
    mine, other = await hall.file(), await hall.file()
    await Dossier.filter(id=mine.id).update(
        applicant_id_number="001099000001",
        applicant_phone="0987650412",
        applicant_name="Tẩn Thị Thử",
        applicant_folded="tan thi thu",
    )
    await (await hall.at("specialist")).get(f"/desk/dossiers/{mine.id}")
    await (await hall.at("clerk")).get(f"/desk/dossiers/{other.id}")
    for citizen in ("001099000001", "0987 650 412", "+84 987.650.412", "TẨN THỊ", "tan thi thu"):
        told = await about(hall, citizen)
        assert "Lò Thị Specialist" in told, citizen
        assert "Lò Thị Clerk" not in told, citizen
        assert other.code not in told
    assert "Không có ghi nhận nào" in await about(hall, "001099000002")
    elsewhere = await visitor_of(await make_person("kiem-tra", "auditor", Y_TY))
    assert await lines_about(elsewhere, "tan thi thu", START) == ([], False)
    with pytest.raises(Problem, match="not-allowed"):
        await lines_about(await visitor_of(await make_person("mot-cua")), "tan thi thu", START)


async def test_auditors_own_look_is_noted_and_told_to_the_citizen(hall: Hall) -> None:
    dossier = await hall.file()
    for _ in range(2):
        assert "Xem nhật ký của hồ sơ" in await about(hall, dossier.applicant_name)
    told = await openings(hall, dossier, hall.phone)
    assert [(one["event"], one["role"], one["name"]) for one in told] == [
        ("dossier.audited", "auditor", "Lò Thị Auditor")
    ]


async def test_name_that_fits_too_many_or_is_too_short_is_asked_for_again(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        await hall.file()
    monkeypatch.setattr("server.audit.citizens.MOST", 1)
    for citizen in ("Giàng A Thử", "ab", "12", "", "   "):
        assert "tên đầy đủ hơn" in await about(hall, citizen), citizen
    assert not await Event.exists(name=reads.AUDITED)


async def test_verify_tells_a_whole_log_and_keeps_its_head(
    database: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await cli_audit.run_verify(None)
    assert "empty" in capsys.readouterr().out
    await make_communes()
    dossier = await make_dossier()
    clerk = await visitor_of(await make_person())
    await reads.record(clerk, dossier, dossier.submitted_at)
    await reads.record(clerk, dossier, dossier.submitted_at, reads.EXPORTED)
    await cli_audit.run_verify(None)
    told = capsys.readouterr().out
    assert "2 events is whole" in told
    head = told.split()[-1]
    await cli_audit.run_verify(head)
    for wrong in (f"1:{head[2:]}", "2:0", "x", "99:0"):
        with pytest.raises(Examined):
            await cli_audit.run_verify(wrong)


@pytest.mark.parametrize("harm", ["edit", "delete", "swap"])
async def test_verify_finds_edit_deletion_and_reordering(
    database: Settings, harm: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_communes()
    clerk = await visitor_of(await make_person())
    for _ in range(4):
        dossier = await make_dossier()
        await reads.record(clerk, dossier, dossier.submitted_at)
    if harm == "edit":
        await Event.filter(seq=2).update(actor_name="Người Khác")
    elif harm == "delete":
        await Event.filter(seq=2).delete()
    else:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            await connections.get("default").execute_query(
                "UPDATE event SET seq = $1 WHERE seq = $2", [after, before]
            )
    with pytest.raises(Examined):
        await cli_audit.run_verify(None)
    assert "Event 2 does not fit" in capsys.readouterr().err
