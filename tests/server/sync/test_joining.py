"""Two answers to one supplement: what fits is joined, what does not is left to a person."""

import uuid
from typing import Any

import pytest

from server.dossiers.models import Dossier, DossierPage, Supplement
from server.dossiers.rejoining import three_way
from server.events import Event
from server.sync.models import Mutation
from tests.support.desks import Staff, staff_of
from tests.support.mutations import Photo
from tests.support.phones import Phone

from .conftest import Post
from .test_supplements import BIRTH, NAME, answer, asked, filed

DAY = {"path": "/data/ngay_sinh", "kind": "question"}


@pytest.fixture
def staff(post: Post) -> Staff:
    return staff_of(post.services)


@pytest.mark.parametrize(
    ("before", "current", "theirs", "wanted"),
    [
        ({"a": "1"}, {"a": "2"}, {"a": "1"}, {}),
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, {"a": "2"}),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}, {}),
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, None),
        ({}, {"a": "2"}, {"b": "3"}, {"b": "3"}),
        ({"a": "1"}, {"a": "1"}, {}, {}),
        ({"a": "1"}, {}, {"a": "2"}, None),
    ],
)
def test_each_place_is_whose_who_changed_it(
    before: Any, current: Any, theirs: Any, wanted: Any
) -> None:
    assert three_way(before, current, theirs) == wanted


async def test_two_helpers_who_mended_different_places_are_both_heard(
    post: Post, phone: Phone, staff: Staff
) -> None:
    photo = Photo(BIRTH["path"])
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME, BIRTH)
    first = answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"})
    second = answer(
        payload,
        supplement,
        answers={"ho_ten": "Giàng A Thử", "giay_to": {"chung_sinh": photo.name}},
        pages=[photo.named],
    )
    verdicts = [(await post.send(phone, one))[0]["verdict"] for one in (first, second, second)]
    assert verdicts == ["applied", "applied", "repeated"]
    dossier = await Dossier.get(id=payload["dossier"])
    assert dossier.answers["ho_ten"] == "Lò Thị Mẫu"
    assert dossier.answers["chao"] == "Chào Lò Thị Mẫu"
    assert dossier.answers["giay_to"] == {"chung_sinh": photo.name}
    assert (dossier.state, dossier.version) == ("submitted", 4)
    assert await DossierPage.filter(dossier_id=dossier.id, replaced_at=None).count() == 1


async def test_two_who_mended_the_same_place_differently_are_left_to_a_person(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME, DAY)
    first = answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"})
    second = answer(
        payload, supplement, answers={"ho_ten": "Vàng Văn Ví Dụ", "ngay_sinh": "2026-01-05"}
    )
    await post.send(phone, first)
    (verdict,) = await post.send(phone, second)
    assert verdict["verdict"] == "conflict"
    assert verdict["theirs"]["/data/ho_ten"] == "Lò Thị Mẫu"
    dossier = await Dossier.get(id=payload["dossier"])
    assert dossier.answers["ho_ten"] == "Lò Thị Mẫu"
    assert "ngay_sinh" not in dossier.answers
    told = await Event.get(name="dossier.conflicted")
    assert told.data == {"mutation": second["id"]}
    assert (await Mutation.get(id=uuid.UUID(second["id"]))).verdict == "conflict"


async def test_joined_answers_that_break_the_form_are_left_to_a_person(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME, DAY)
    await post.send(phone, answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"}))
    second = answer(
        payload, supplement, answers={"ho_ten": "Lò Thị Mẫu", "ngay_sinh": "2099-01-01"}
    )
    (verdict,) = await post.send(phone, second)
    assert verdict["verdict"] == "conflict"
    assert "ngay_sinh" not in (await Dossier.get(id=payload["dossier"])).answers


async def test_once_the_desk_has_gone_on_a_second_answer_is_left_to_a_person(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME, DAY)
    await post.send(phone, answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"}))
    await staff.act("receive", payload["dossier"])
    second = answer(
        payload, supplement, answers={"ho_ten": "Lò Thị Mẫu", "ngay_sinh": "2026-01-05"}
    )
    (verdict,) = await post.send(phone, second)
    assert verdict["verdict"] == "conflict"


async def test_what_the_asked_places_held_is_remembered(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME, DAY)
    await post.send(phone, answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"}))
    assert (await Supplement.get(id=supplement.id)).before == {"/data/ho_ten": "Giàng A Thử"}


async def test_what_a_person_decided_with_both_texts_before_them_stands(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME, DAY)
    await post.send(phone, answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"}))
    met = answer(payload, supplement, answers={"ho_ten": "Vàng Văn Ví Dụ"})
    (verdict,) = await post.send(phone, met)
    assert verdict["verdict"] == "conflict"
    version = (await Dossier.get(id=payload["dossier"])).version
    chosen = {"answers": {"ho_ten": "Vàng Văn Ví Dụ"}, "base": version}
    (refused,) = await post.send(phone, answer(payload, supplement, **chosen))
    assert refused["problem"]["code"] == "supplement-closed"
    decided = answer(payload, supplement, **chosen, decides=met["id"])
    verdicts = [(await post.send(phone, decided))[0]["verdict"] for _ in range(2)]
    assert verdicts == ["applied", "repeated"]
    dossier = await Dossier.get(id=payload["dossier"])
    assert dossier.answers["ho_ten"] == "Vàng Văn Ví Dụ"
    assert dossier.answers["chao"] == "Chào Vàng Văn Ví Dụ"


async def test_a_decision_about_no_conflict_or_after_the_desk_has_gone_on_is_refused(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = await filed(post, phone)
    supplement = await asked(staff, payload, NAME)
    await post.send(phone, answer(payload, supplement, answers={"ho_ten": "Lò Thị Mẫu"}))
    met = answer(payload, supplement, answers={"ho_ten": "Vàng Văn Ví Dụ"})
    await post.send(phone, met)
    await staff.act("receive", payload["dossier"])
    version = (await Dossier.get(id=payload["dossier"])).version
    for named in (met["id"], payload["id"]):
        chosen = {"answers": {"ho_ten": "Vàng Văn Ví Dụ"}, "base": version, "decides": named}
        (verdict,) = await post.send(phone, answer(payload, supplement, **chosen))
        assert verdict["problem"]["code"] == "supplement-closed"
