"""What the desk does: the whole path, who may, what fits, and clicking twice."""

import asyncio
import uuid
from typing import Any

import pytest

from server.clock import FixedClock
from server.dossiers import actions
from server.dossiers.models import Dossier, Supplement
from server.errors import Problem
from server.events import Event, verify
from server.services import Services
from tests.support.desks import Staff, desk_of, staff_of
from tests.support.dossiers import make_dossier
from tests.support.mutations import compiled
from tests.support.people import Y_TY, make_person


async def filed(**chosen: Any) -> Dossier:
    return await make_dossier(form_digest=compiled().digest, **chosen)


async def test_dossier_goes_the_whole_way_and_each_step_is_an_event(staff: Staff) -> None:
    dossier = await filed()
    for verb in ("receive", "forward", "propose", "approve", "finish", "return_result"):
        dossier = await staff.act(verb, dossier.id)
    stored = await Dossier.get(id=dossier.id)
    assert (stored.state, stored.version) == ("returned", 7)
    assert stored.number == "H38.02683-261123-0001"
    assert str(stored.due_on) == "2026-11-30"
    assert stored.received_at is not None
    assert stored.finished_at is not None
    assert stored.closed_at is not None
    events = await Event.filter(dossier_id=dossier.id).order_by("seq")
    assert [(event.name, event.actor_role) for event in events] == [
        ("dossier.received", "clerk"),
        ("dossier.forwarded", "clerk"),
        ("dossier.proposed", "specialist"),
        ("dossier.approved", "approver"),
        ("dossier.finished", "clerk"),
        ("dossier.returned", "clerk"),
    ]
    assert events[-1].seq == stored.last_seq
    assert await verify() is None


async def test_second_click_with_the_same_version_changes_nothing(staff: Staff) -> None:
    dossier = await filed()
    desk = await staff.desk("clerk")
    clicks = await asyncio.gather(
        *(actions.receive(desk, dossier.id, 1) for _ in range(5)), return_exceptions=True
    )
    refused = [one for one in clicks if isinstance(one, Problem)]
    assert [one.code for one in refused] == ["dossier-changed"] * 4
    assert await Event.filter(dossier_id=dossier.id).count() == 1
    assert (await Dossier.get(id=dossier.id)).version == 2


async def test_losing_click_gives_its_number_back(staff: Staff) -> None:
    first, second = await filed(), await filed()
    desk = await staff.desk("clerk")
    await asyncio.gather(
        *(actions.receive(desk, first.id, 1) for _ in range(3)), return_exceptions=True
    )
    assert (await actions.receive(desk, second.id, 1)).number == "H38.02683-261123-0002"


async def test_sent_back_dossier_is_examined_again(staff: Staff) -> None:
    dossier = await filed(state="processing", stage="approving")
    dossier = await staff.act("send_back", dossier.id, "Thiếu trang hai.")
    assert (dossier.state, dossier.stage) == ("processing", "examining")


@pytest.mark.parametrize(
    ("verb", "given", "event", "state"),
    [
        ("refuse", ["Không thuộc thẩm quyền."], "dossier.refused", "refused"),
        ("stop", ["Không đủ điều kiện."], "dossier.stopped", "stopped"),
    ],
)
async def test_reason_is_kept_where_people_read_it(
    staff: Staff, verb: str, given: list[str], event: str, state: str
) -> None:
    dossier = await filed(state="submitted" if verb == "refuse" else "received")
    dossier = await staff.act(verb, dossier.id, *given)
    assert dossier.state == state
    assert (await Event.get(name=event)).data["note"] == given[0]


@pytest.mark.parametrize("verb", ["refuse", "stop", "send_back"])
async def test_reason_may_not_be_missing(staff: Staff, verb: str) -> None:
    dossier = await filed()
    with pytest.raises(Problem, match="input-missing"):
        await staff.act(verb, dossier.id, "  ")


async def test_supplement_stops_the_clock_and_keeps_what_was_marked(staff: Staff) -> None:
    dossier = await filed()
    await staff.act("receive", dossier.id)
    items = [
        {"path": "/data/ho_ten", "kind": "page", "note": " viết đủ họ "},
        {"path": "/data/con[2]/anh", "kind": "question"},
    ]
    dossier = await staff.act("ask_supplement", dossier.id, "Bổ sung giúp.", items)
    assert (dossier.state, dossier.due_on) == ("supplement", None)
    request = await Supplement.get(dossier_id=dossier.id)
    assert (request.returns_state, request.returns_stage) == ("received", "")
    # What the form says a question is counts, not what the page claimed.
    assert request.items == [
        {"path": "/data/ho_ten", "kind": "question", "note": "viết đủ họ"},
        {"path": "/data/con[2]/anh", "kind": "page"},
    ]


@pytest.mark.parametrize(
    ("sentence", "items", "code"),
    [
        (" ", [{"path": "/data/ho_ten", "kind": "question"}], "input-missing"),
        ("Bổ sung", [], "input-missing"),
        ("Bổ sung", [{"path": "/data/la", "kind": "question"}], "request-malformed"),
    ],
)
async def test_supplement_needs_a_sentence_and_marks_the_form_knows(
    staff: Staff, sentence: str, items: list[dict[str, str]], code: str
) -> None:
    dossier = await filed()
    with pytest.raises(Problem, match=code):
        await staff.act("ask_supplement", dossier.id, sentence, items)
    assert await Supplement.all().count() == 0


async def test_only_a_specialist_of_the_commune_can_be_given_a_dossier(
    staff: Staff, services: Services
) -> None:
    dossier = await filed(state="received")
    stranger = await make_person("xa-khac", "specialist", Y_TY)
    clerk = (await staff.desk("clerk")).visitor.person
    for person_id in (stranger.id, clerk.id, uuid.uuid4()):
        with pytest.raises(Problem, match="input-missing"):
            await staff.act("forward", dossier.id, person_id)


async def test_specialist_works_only_on_what_was_given_to_them(
    staff: Staff, services: Services
) -> None:
    dossier = await filed(state="received")
    await staff.act("forward", dossier.id)
    other = await desk_of(services, await make_person("khac", "specialist"))
    with pytest.raises(Problem, match="not-allowed"):
        await actions.propose(other, dossier.id, 2)
    assert actions.verbs_for(other.visitor, await Dossier.get(id=dossier.id)) == ()
    assert (await staff.act("propose", dossier.id)).stage == "approving"


async def test_each_role_sees_its_own_verbs(staff: Staff) -> None:
    dossier = await filed(state="processing", stage="approving")
    shown = {
        role: actions.verbs_for((await staff.desk(role)).visitor, dossier)
        for role in ("clerk", "specialist", "approver")
    }
    assert shown == {
        "clerk": ("ask_supplement", "stop"),
        "specialist": (),
        "approver": ("approve", "send_back"),
    }


async def test_another_communes_staff_find_nothing(staff: Staff, services: Services) -> None:
    dossier = await filed()
    desk = await staff_of(services, Y_TY).desk("clerk")
    with pytest.raises(Problem, match="dossier-unknown"):
        await actions.receive(desk, dossier.id, 1)
    with pytest.raises(Problem, match="dossier-unknown"):
        await actions.receive(desk, uuid.uuid4(), 1)


async def test_verb_out_of_turn_is_refused(staff: Staff) -> None:
    dossier = await filed()
    with pytest.raises(Problem, match="transition-not-allowed"):
        await staff.act("finish", dossier.id)


async def test_steps_carry_the_time_they_happened(staff: Staff, clock: FixedClock) -> None:
    dossier = await filed()
    dossier = await staff.act("receive", dossier.id)
    event = await Event.get(seq=dossier.last_seq)
    assert event.at == clock.now()
