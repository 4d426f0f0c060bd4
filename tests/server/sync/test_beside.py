"""Two submissions under one dossier id: neither is lost, none is there twice, nobody waits."""

import uuid
from typing import Any

import pytest

from server.clock import SystemClock
from server.doctor.mutations import mutation_findings
from server.dossiers.models import Dossier
from server.events import SYSTEM, Event
from server.sync import held
from server.sync.beside import beside_id
from server.sync.erasure import erase
from server.sync.models import Mutation
from tests.support.desks import Staff, staff_of
from tests.support.mutations import Photo, submission
from tests.support.phones import Phone

from .conftest import Post


@pytest.fixture
def staff(post: Post) -> Staff:
    return staff_of(post.services)


def again(payload: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The same draft sent by a phone that does not know it was sent before."""
    return {**payload, "id": str(uuid.uuid4()), "at": "2026-11-22T02:03:04Z", **changed}


def other(payload: dict[str, Any], name: str = "Lò Thị Mẫu") -> dict[str, Any]:
    """The same draft with another answer."""
    return again(payload, answers=payload["answers"] | {"ho_ten": name, "chao": f"Chào {name}"})


async def accept(post: Post, staff: Staff, payload: dict[str, Any]) -> Dossier:
    desk = await staff.desk("clerk")
    return await held.accept(desk, uuid.UUID(payload["id"]), post.services.keyring.storage)


async def sound(post: Post) -> bool:
    """Whether the doctor finds nothing."""
    found = await mutation_findings(post.services.keyring, lambda *_: None, is_thorough=True)
    return not found


async def test_same_content_under_a_new_id_gets_its_receipt_and_changes_nothing(
    post: Post, phone: Phone
) -> None:
    payload = submission(Photo("/data/giay_to/chung_sinh"))
    await post.send(phone, payload)
    copy = again(payload)
    for sender in (phone, Phone()):
        (verdict,) = await post.send(sender, again(payload) if sender is not phone else copy)
        assert (verdict["verdict"], "problem" in verdict) == ("applied", False)
        assert verdict["receipt"]
    (repeated,) = await post.send(phone, copy)
    assert repeated["verdict"] == "repeated"
    dossier = await Dossier.get()
    assert (dossier.version, dossier.device_id) == (1, phone.id)
    assert await Event.filter(name="dossier.submitted").count() == 1
    assert await sound(post)


@pytest.mark.parametrize("base", [0, 1])
async def test_other_content_is_held_beside_and_tells_nothing_of_the_first(
    post: Post, phone: Phone, staff: Staff, base: int
) -> None:
    payload = submission()
    await post.send(phone, payload)
    await Dossier.all().update(version=3)
    second = other(payload) | {"base": base}
    (verdict,) = await post.send(Phone(), second)
    assert (verdict["verdict"], verdict["reason"]) == ("held", "dossier-exists")
    assert verdict["receipt"]
    assert "theirs" not in verdict
    assert (await Dossier.get()).answers["ho_ten"] == payload["answers"]["ho_ten"]
    (waiting,) = await held.waiting(await staff.desk("clerk"))
    assert waiting.opened.payload.answers["ho_ten"] == "Lò Thị Mẫu"


async def test_repeated_answer_still_says_why_it_is_held(post: Post, phone: Phone) -> None:
    payload = submission()
    await post.send(phone, payload)
    second = other(payload)
    (first,) = await post.send(phone, second)
    (repeated,) = await post.send(phone, second)
    assert (repeated["verdict"], repeated["reason"]) == ("repeated", "dossier-exists")
    assert repeated["receipt"] == first["receipt"]


async def test_accepted_beside_it_becomes_a_dossier_of_its_own_that_its_phone_reads(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = submission()
    await post.send(phone, payload)
    elsewhere, second = Phone(), other(payload)
    await post.send(elsewhere, second)
    beside = await accept(post, staff, second)
    assert beside.id == beside_id(uuid.UUID(second["id"]))
    assert beside.answers["ho_ten"] == "Lò Thị Mẫu"
    assert await Dossier.all().count() == 2
    (view,) = (await post.read(elsewhere))["changes"]
    assert view["id"] == str(beside.id)
    assert await sound(post)


async def test_what_was_accepted_beside_is_not_filed_a_third_time(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = submission()
    await post.send(phone, payload)
    second = other(payload)
    await post.send(phone, second)
    await accept(post, staff, second)
    (verdict,) = await post.send(phone, again(second))
    assert verdict["verdict"] == "applied"
    assert await Dossier.all().count() == 2


async def test_what_waits_or_was_rejected_counts_as_filed_by_nobody(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = submission()
    await post.send(phone, payload)
    second = other(payload)
    await post.send(phone, second)
    (waiting,) = await post.send(phone, again(second))
    assert waiting["verdict"] == "held"
    desk = await staff.desk("clerk")
    await held.reject(desk, uuid.UUID(second["id"]), "Bản trước đúng.")
    (verdict,) = await post.send(phone, again(second))
    assert verdict["verdict"] == "held"


async def test_held_copy_of_what_came_meanwhile_is_accepted_without_effect(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = submission()
    carried = post.envelope(phone, payload)
    await post.sync(envelopes=[carried], device=Phone().claim("none"))
    await post.send(phone, again(payload))
    dossier = await accept(post, staff, payload)
    assert dossier.id == uuid.UUID(payload["dossier"])
    assert await Dossier.all().count() == 1
    assert await Event.filter(name="dossier.submitted").count() == 1
    assert await sound(post)


async def test_erasing_one_of_two_leaves_the_words_of_the_other(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = submission()
    await post.send(phone, payload)
    second = other(payload)
    await post.send(phone, second)
    await accept(post, staff, second)
    first = await Dossier.get(id=payload["dossier"])
    await Dossier.filter(id=first.id).update(state="refused")
    first.state = "refused"
    await erase(post.server.state["pages"], first, SYSTEM, SystemClock().now())
    kept = {str(row.id): bool(row.signed) for row in await Mutation.all()}
    assert kept == {payload["id"]: False, second["id"]: True}
