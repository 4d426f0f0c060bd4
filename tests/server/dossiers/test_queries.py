"""The worklist and the whole dossier: what is shown, to whom, in which order."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from server.clock import FixedClock
from server.dossiers import queries
from server.dossiers.models import Dossier, DossierPage
from server.errors import Problem
from server.services import Services
from tests.support.application import START
from tests.support.desks import Staff, staff_of
from tests.support.dossiers import make_dossier
from tests.support.mutations import compiled
from tests.support.people import Y_TY

TODAY = date(2026, 11, 23)


async def filed(**chosen: Any) -> Dossier:
    return await make_dossier(form_digest=compiled().digest, **chosen)


async def page(dossier: Dossier, name: str, **chosen: Any) -> DossierPage:
    columns: dict[str, Any] = {
        "path": "/data/giay_to/chung_sinh",
        "media_type": "image/jpeg",
        "size": 1,
        "digest": name[0] * 64,
        "length": 17,
        "key": b"k",
    }
    return await DossierPage.create(
        id=uuid.uuid4(), dossier_id=dossier.id, name=name, **{**columns, **chosen}
    )


async def shown(staff: Staff, **chosen: Any) -> list[str]:
    found = await queries.worklist(await staff.desk("clerk"), **chosen)
    assert found.total == len(found.rows)
    return [row.dossier.applicant_name for row in found.rows]


async def test_what_waits_for_reception_comes_first_then_what_is_due(staff: Staff) -> None:
    await filed(applicant_name="sau", state="received", due_on=TODAY + timedelta(days=9))
    await filed(applicant_name="trước", state="processing", stage="examining", due_on=TODAY)
    await filed(applicant_name="mới")
    await filed(applicant_name="xong", state="returned", due_on=TODAY)
    assert await shown(staff) == ["mới", "trước", "sau"]
    assert await shown(staff, view="closed") == ["xong"]


async def test_counts_by_state_and_view(staff: Staff) -> None:
    await filed()
    await filed(state="received", due_on=TODAY - timedelta(days=3))
    await filed(state="processing", stage="examining", due_on=TODAY + timedelta(days=2))
    await filed(state="processing", stage="examining", due_on=TODAY + timedelta(days=9))
    # Waiting for the citizen is not late, however long it takes.
    await filed(state="supplement", due_on=TODAY - timedelta(days=3))
    await filed(state="stopped")
    counts = await queries.counts(await staff.desk("clerk"))
    assert counts.by_state == {
        "submitted": 1,
        "received": 1,
        "processing": 2,
        "supplement": 1,
        "stopped": 1,
    }
    assert counts.by_view == {"open": 5, "closed": 1, "mine": 0, "late": 1, "soon": 1}


async def test_days_left_are_working_days(staff: Staff) -> None:
    desk = await staff.desk("clerk")
    friday = await filed(state="received", due_on=date(2026, 11, 20))
    next_monday = await filed(state="received", due_on=date(2026, 11, 30))
    assert queries.days_left(desk, friday) == -1
    assert queries.days_left(desk, next_monday) == 5
    assert queries.days_left(desk, await filed()) is None


@pytest.mark.parametrize(
    "text", ["giang", "GIÀNG a  thử", "hs z1h1 m8wv", "h38.02683-261122-0001", "012345678901"]
)
async def test_dossier_is_found_by_what_people_say(staff: Staff, text: str) -> None:
    await filed(
        code="HS-Z1H1-M8WV",
        number="H38.02683-261122-0001",
        applicant_id_number="012345678901",
        state="returned",
    )
    await filed(applicant_name="Lò Thị Mẫu", applicant_folded="lo thi mau")
    assert await shown(staff, text=text) == ["Giàng A Thử"]


async def test_only_the_own_commune_is_ever_shown(staff: Staff, services: Services) -> None:
    dossier = await filed()
    desk = await staff_of(services, Y_TY).desk("clerk")
    assert (await queries.worklist(desk)).rows == []
    assert (await queries.worklist(desk, text="giang")).rows == []
    assert (await queries.counts(desk)).by_state == {}
    with pytest.raises(Problem, match="dossier-unknown"):
        await queries.whole(desk, dossier.id)
    with pytest.raises(Problem, match="dossier-unknown"):
        await queries.page_of(desk, dossier.id, uuid.uuid4())


async def test_pages_are_counted_without_the_replaced_ones(staff: Staff) -> None:
    dossier = await filed()
    await page(dossier, "a.jpg", received_at=START)
    await page(dossier, "b.jpg")
    await page(dossier, "c.jpg", replaced_at=START)
    (row,) = (await queries.worklist(await staff.desk("clerk"))).rows
    assert (row.received_pages, row.total_pages) == (1, 2)
    whole = await queries.whole(await staff.desk("clerk"), dossier.id)
    assert {one.name for one in whole.pages} == {"a.jpg", "b.jpg"}


async def test_steps_tell_who_when_and_how_long(staff: Staff, clock: FixedClock) -> None:
    dossier = await filed()
    await staff.act("receive", dossier.id)
    clock.move(timedelta(hours=2))
    await staff.act("forward", dossier.id)
    whole = await queries.whole(await staff.desk("clerk"), dossier.id)
    first, second = whole.steps
    assert (first.event, first.role, first.took) == ("dossier.received", "clerk", None)
    assert (second.assignee, second.took) == ("Lò Thị specialist", timedelta(hours=2))
    assert whole.verbs == ("ask_supplement", "stop")
    assert (await queries.worklist(await staff.desk("specialist"), view="mine")).total == 1


async def test_worklist_comes_in_pages(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for _ in range(3):
        await filed()
    desk = await staff.desk("clerk")
    first, second = await queries.worklist(desk), await queries.worklist(desk, page=2)
    assert (len(first.rows), len(second.rows), second.total) == (2, 1, 3)
