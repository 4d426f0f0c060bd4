"""A second version of a dossier, joined to it at the desk: nothing of either is lost."""

import uuid
from typing import Any

import pytest

from server.clock import SystemClock
from server.doctor.mutations import mutation_findings
from server.dossiers.models import Dossier, DossierPage
from server.errors import Problem
from server.events import SYSTEM, Event
from server.forms.shelf import FormShelf
from server.sync import held
from server.sync.erasure import erase
from server.sync.models import Mutation
from tests.support.desks import Staff, staff_of
from tests.support.mutations import Photo, submission
from tests.support.people import Y_TY
from tests.support.phones import Phone

from .conftest import Post
from .test_supplements import answer, asked

NAME = "/data/ho_ten"
BIRTH, WEDDING = "/data/giay_to/chung_sinh", "/data/giay_to/ket_hon"


@pytest.fixture
def staff(post: Post) -> Staff:
    return staff_of(post.services)


def second_of(first: dict[str, Any], *photos: Photo, **answers: Any) -> dict[str, Any]:
    """The same draft, gone on with elsewhere."""
    later = submission(*photos, dossier=first["dossier"])
    later["answers"] |= answers
    later["answers"]["chao"] = f"Chào {later['answers']['ho_ten']}"
    return later


async def met(
    post: Post, phone: Phone, *photos: Photo, **answers: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A dossier at the desk, and its second version that waits there."""
    first = submission()
    second = second_of(first, *photos, **answers)
    for payload in (first, second):
        await post.send(phone, payload)
    return first, second


async def join(
    post: Post, staff: Staff, payload: dict[str, Any], *, version: int = 1, **choices: str
) -> Dossier:
    """`choices` by the last step of their place."""
    chosen = {f"/data/{name}": choice for name, choice in choices.items()}
    storage = post.services.keyring.storage
    desk = await staff.desk("clerk")
    return await held.join(desk, uuid.UUID(payload["id"]), version, chosen, storage, FormShelf())


async def test_each_ones_own_answers_and_pages_come_together(
    post: Post, phone: Phone, staff: Staff
) -> None:
    born, wed = Photo(BIRTH), Photo(WEDDING)
    first, elsewhere = submission(born), Phone()
    await post.send(phone, first)
    second = second_of(first, wed, ngay_sinh="2026-01-05")
    (verdict,) = await post.send(elsewhere, second)
    assert (verdict["verdict"], bool(verdict["receipt"])) == ("held", True)
    dossier = await join(post, staff, second)
    assert (dossier.state, dossier.version) == ("submitted", 2)
    kept = await Dossier.get()
    assert kept.answers["ngay_sinh"] == "2026-01-05"
    assert kept.answers["giay_to"] == {"chung_sinh": born.name, "ket_hon": wed.name}
    pages = {page.name: page.path for page in await DossierPage.filter(replaced_at=None)}
    assert pages == {born.name: BIRTH, wed.name: WEDDING}


async def test_both_phones_follow_the_joined_dossier(
    post: Post, phone: Phone, staff: Staff
) -> None:
    first, elsewhere = submission(), Phone()
    await post.send(phone, first)
    second = second_of(first, ngay_sinh="2026-01-05")
    await post.send(elsewhere, second)
    assert (await post.read(elsewhere))["changes"] == []
    await join(post, staff, second)
    for one in (phone, elsewhere):
        (view,) = (await post.read(one))["changes"]
        assert view["id"] == first["dossier"]
        assert view["timeline"][-1]["event"] == "dossier.joined"
    supplement = await asked(staff, second, {"path": NAME, "kind": "question"})
    mended = answer(second, supplement, answers={"ho_ten": "Lò Thị Mẫu"})
    (verdict,) = await post.send(elsewhere, mended)
    assert verdict["verdict"] == "applied"


async def test_what_they_answer_differently_is_as_the_person_chose(
    post: Post, phone: Phone, staff: Staff
) -> None:
    _, second = await met(post, phone, ho_ten="Lò Thị Mẫu")
    with pytest.raises(Problem, match="input-missing"):
        await join(post, staff, second)
    assert (await Dossier.get()).version == 1
    dossier = await join(post, staff, second, ho_ten="sent")
    assert dossier.answers["ho_ten"] == "Lò Thị Mẫu"
    assert dossier.answers["chao"] == "Chào Lò Thị Mẫu"
    told = await Event.get(name="dossier.joined")
    assert told.data["mutation"] == second["id"]
    assert told.data["choices"] == {NAME: "sent"}
    assert told.actor_role == "clerk"
    decided = await Event.get(name="mutation.decided")
    assert decided.data["decision"] == "joined"


async def test_a_page_that_was_not_chosen_stays_as_a_replaced_one(
    post: Post, phone: Phone, staff: Staff
) -> None:
    mine, theirs = Photo(BIRTH), Photo(BIRTH)
    first = submission(mine)
    await post.send(phone, first)
    for chosen, photo, version in (("there", mine, 1), ("sent", theirs, 2)):
        second = second_of(first, theirs, **({"ngay_sinh": "2026-01-05"} if version > 1 else {}))
        await post.send(phone, second)
        await join(post, staff, second, version=version, **{"giay_to/chung_sinh": chosen})
        pages = {page.name: page.replaced_at is None for page in await DossierPage.all()}
        assert pages == {one.name: one is photo for one in (mine, theirs)}


async def test_pages_of_a_list_move_with_their_entries(
    post: Post, phone: Phone, staff: Staff
) -> None:
    photos = [Photo("/data/con[1]/anh") for _ in range(2)]
    first = submission()
    first["answers"]["con"] = [{"ten": "Mẫu", "anh": photos[0].name}]
    first["pages"] = [photos[0].named]
    await post.send(phone, first)
    second = second_of(first, con=[{"ten": "Dụ", "anh": photos[1].name}])
    second["pages"] = [photos[1].named]
    await post.send(phone, second)
    dossier = await join(post, staff, second, con="both")
    assert [one["ten"] for one in dossier.answers["con"]] == ["Mẫu", "Dụ"]
    pages = {page.name: page.path for page in await DossierPage.filter(replaced_at=None)}
    assert pages == {photos[0].name: "/data/con[1]/anh", photos[1].name: "/data/con[2]/anh"}


async def test_two_that_break_the_form_together_are_not_joined(
    post: Post, phone: Phone, staff: Staff
) -> None:
    first, second = await met(post, phone, Photo(WEDDING), ngay_sinh="2026-01-05")
    await Dossier.all().update(answers=first["answers"] | {"ho_ten": "A"})
    with pytest.raises(Problem, match="answers-invalid"):
        await join(post, staff, second, ho_ten="there")
    assert (await Mutation.get(id=second["id"])).decided_at is None
    assert (await Dossier.get()).version == 1
    assert not await Event.exists(name="dossier.joined")


async def test_a_page_made_before_the_dossier_changed_joins_nothing(
    post: Post, phone: Phone, staff: Staff
) -> None:
    first, second = await met(post, phone, ngay_sinh="2026-01-05")
    await staff.act("receive", uuid.UUID(first["dossier"]))
    with pytest.raises(Problem, match="dossier-changed"):
        await join(post, staff, second)
    dossier = await join(post, staff, second, version=2)
    assert (dossier.state, bool(dossier.number)) == ("received", True)


async def test_of_two_who_join_at_once_one_is_told_that_it_is_done(
    post: Post, phone: Phone, staff: Staff
) -> None:
    _, second = await met(post, phone, ngay_sinh="2026-01-05")
    await join(post, staff, second)
    with pytest.raises(Problem, match="dossier-changed"):
        await join(post, staff, second, version=2)
    assert await Event.filter(name="dossier.joined").count() == 1


async def test_once_the_signature_is_asked_for_nothing_is_joined(
    post: Post, phone: Phone, staff: Staff
) -> None:
    first, second = await met(post, phone, ngay_sinh="2026-01-05")
    for verb in ("receive", "forward", "propose"):
        await staff.act(verb, uuid.UUID(first["dossier"]))
    with pytest.raises(Problem, match="transition-not-allowed"):
        await join(post, staff, second, version=4)


async def test_joined_content_is_at_the_desk_and_the_doctor_finds_nothing(
    post: Post, phone: Phone, staff: Staff
) -> None:
    _, second = await met(post, phone, ngay_sinh="2026-01-05")
    await join(post, staff, second)
    (repeated,) = await post.send(phone, second)
    assert (repeated["verdict"], bool(repeated["receipt"])) == ("repeated", True)
    (anew,) = await post.send(phone, second | {"id": str(uuid.uuid4())})
    assert anew["verdict"] == "applied"
    found = await mutation_findings(post.services.keyring, lambda *_: None, is_thorough=True)
    assert found == []


async def test_clerk_of_another_commune_joins_nothing(post: Post, phone: Phone) -> None:
    _, second = await met(post, phone, ngay_sinh="2026-01-05")
    strangers = staff_of(post.services, Y_TY)
    with pytest.raises(Problem, match="dossier-unknown"):
        await join(post, strangers, second)
    assert await held.second_of(await strangers.desk("clerk"), uuid.UUID(second["id"])) is None


async def test_erasing_the_dossier_erases_the_words_of_both(
    post: Post, phone: Phone, staff: Staff
) -> None:
    _, second = await met(post, phone, ngay_sinh="2026-01-05")
    dossier = await join(post, staff, second)
    await Dossier.filter(id=dossier.id).update(state="refused")
    dossier.state = "refused"
    await erase(post.server.state["pages"], dossier, SYSTEM, SystemClock().now())
    assert [bytes(row.signed) for row in await Mutation.all()] == [b"", b""]
