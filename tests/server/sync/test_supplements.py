"""Supplements and withdrawals from the phone: only what was asked, whole afterwards, once."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from server.dossiers.models import Dossier, DossierPage, Supplement
from server.events import Event
from server.sync.models import Mutation
from tests.support.desks import Staff, staff_of
from tests.support.mutations import Photo, submission
from tests.support.phones import Phone

from .conftest import Post

NAME = {"path": "/data/ho_ten", "kind": "question"}
BIRTH = {"path": "/data/giay_to/chung_sinh", "kind": "page", "note": "mờ quá"}


@pytest.fixture
def staff(post: Post) -> Staff:
    return staff_of(post.services)


async def filed(post: Post, phone: Phone, *photos: Photo) -> dict[str, Any]:
    payload = submission(*photos)
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "applied"
    return payload


async def asked(staff: Staff, payload: dict[str, Any], *items: dict[str, str]) -> Supplement:
    await staff.act("ask_supplement", payload["dossier"], "Chụp lại giúp.", list(items))
    return await Supplement.get(dossier_id=payload["dossier"], answered_at=None)


def answer(payload: dict[str, Any], supplement: Supplement, **changed: Any) -> dict[str, Any]:
    return {
        **payload,
        "id": str(uuid.uuid4()),
        "kind": "supplement.answer",
        "base": 2,
        "supplement": str(supplement.id),
        "answers": {},
        "pages": [],
        **changed,
    }


async def test_answer_changes_the_asked_question_and_what_is_computed_from_it(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME)
    sent = answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"})
    (verdict,) = await post.send(phone, sent)
    assert verdict["verdict"] == "applied", verdict
    dossier = await Dossier.get(id=payload["dossier"])
    assert dossier.answers["ho_ten"] == "Lò Thị Mẫu"
    assert dossier.answers["chao"] == "Chào Lò Thị Mẫu"
    assert (dossier.state, dossier.version) == ("submitted", 3)
    assert (await Supplement.get(id=supplement.id)).answered_at is not None


async def test_new_page_replaces_the_one_complained_about(
    post: Post, phone: Phone, staff: Staff
) -> None:
    first, second = Photo(BIRTH["path"]), Photo(BIRTH["path"])
    payload = await filed(post, phone, first)
    supplement = await asked(staff, payload, BIRTH)
    sent = answer(
        payload,
        supplement,
        answers={"giay_to": {"chung_sinh": second.name}},
        pages=[second.named],
    )
    (verdict,) = await post.send(phone, sent)
    assert verdict["verdict"] == "applied", verdict
    pages = {page.name: page for page in await DossierPage.filter(dossier_id=payload["dossier"])}
    assert pages[first.name].replaced_at is not None
    assert pages[second.name].replaced_at is None
    (view,) = (await post.read(phone))["changes"]
    assert view["pages"] == {"received": 0, "total": 1}


async def test_answer_to_what_was_not_asked_is_refused(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME)
    sent = answer(payload, supplement, answers={"ngay_sinh": "2020-01-01"})
    (verdict,) = await post.send(phone, sent)
    assert verdict["problem"]["code"] == "supplement-outside"
    assert (await Dossier.get(id=payload["dossier"])).state == "supplement"


async def test_answer_that_leaves_the_whole_invalid_is_refused(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME)
    (verdict,) = await post.send(phone, answer(payload, supplement))
    assert verdict["problem"]["code"] == "answers-invalid"
    assert verdict["problem"]["faults"][0]["ref"] == "/data/ho_ten"


async def test_request_is_seen_by_the_phone_until_it_is_answered(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME, BIRTH)
    (view,) = (await post.read(phone))["changes"]
    assert view["state"] == "supplement"
    assert view["supplement"]["id"] == str(supplement.id)
    assert view["supplement"]["sentence"] == "Chụp lại giúp."
    assert view["supplement"]["items"] == [NAME, BIRTH]
    assert view["timeline"][-1]["note"] == "Chụp lại giúp."
    await post.send(phone, answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"}))
    (view,) = (await post.read(phone))["changes"]
    assert "supplement" not in view


async def test_answer_that_comes_too_late_is_a_conflict_and_both_texts_are_kept(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME)
    await staff.act("stop", payload["dossier"], "Quá hạn bổ sung.")
    sent = answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"})
    (verdict,) = await post.send(phone, sent)
    assert verdict["verdict"] == "conflict"
    assert verdict["problem"]["code"] == "dossier-changed"
    assert verdict["theirs"] == {"/data/ho_ten": "Giàng A Thử"}
    assert "receipt" not in verdict
    kept = await Mutation.get(id=sent["id"])
    assert "Lò Thị Mẫu".encode() in bytes(kept.signed)
    (again,) = await post.send(phone, sent)
    assert again == verdict


async def test_second_answer_to_one_request_is_refused_when_the_phone_knew(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME)
    await post.send(phone, answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"}))
    late = answer(payload, supplement, base=3, answers={"ho_ten": "Giàng A Thử"})
    (verdict,) = await post.send(phone, late)
    assert (verdict["verdict"], verdict["problem"]["code"]) == ("refused", "supplement-closed")


async def test_stranger_learns_nothing_of_a_dossier(post: Post, phone: Phone, staff: Staff) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME)
    sent = answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"})
    (verdict,) = await post.send(Phone(), sent)
    assert (verdict["verdict"], verdict["problem"]["code"]) == ("refused", "dossier-unknown")


async def test_withdrawal_is_asked_once_and_ended_by_the_desk(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    sent = {
        **answer(payload, Supplement(id=uuid.uuid4())),
        "kind": "dossier.withdraw",
        "reason": "Nộp nhầm",
        "base": 1,
    }
    (verdict,) = await post.send(phone, sent)
    assert verdict["verdict"] == "applied"
    assert (await Dossier.get(id=payload["dossier"])).state == "withdrawing"
    event = await Event.filter(name="dossier.withdrawal_requested").get()
    assert event.data["note"] == "Nộp nhầm"
    (again,) = await post.send(phone, {**sent, "id": str(uuid.uuid4()), "base": 2})
    assert again["problem"]["code"] == "transition-not-allowed"
    await staff.act("stop", payload["dossier"], "Theo yêu cầu của công dân.")
    assert (await Dossier.get(id=payload["dossier"])).closed_at is not None


async def test_due_day_waits_while_the_phone_has_not_answered(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    received = await staff.act("receive", payload["dossier"])
    assert received.number == "H38.02683-261123-0001"
    assert str(received.due_on) == "2026-11-30"
    supplement = await asked(staff, payload, NAME)
    assert (await Dossier.get(id=payload["dossier"])).due_on is None
    clock: Any = post.services.clock
    clock.move(timedelta(days=2))
    await post.send(phone, answer(payload, supplement, base=3, answers={"ho_ten": "Lò Thị Mẫu"}))
    dossier = await Dossier.get(id=payload["dossier"])
    assert (dossier.state, str(dossier.due_on)) == ("received", "2026-12-02")
