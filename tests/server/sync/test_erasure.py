"""Content that is no longer kept goes; the register, the receipts and the log stay."""

import uuid
from datetime import timedelta

import pytest

from server.attachments.models import Blob, ExpectedPage
from server.attachments.store import PageStore
from server.doctor.mutations import mutation_findings
from server.dossiers.models import Dossier, DossierPage, Likeness
from server.errors import Problem
from server.events import SYSTEM, Event, verify
from server.sync.erasure import erase, erase_old
from server.sync.models import Mutation
from tests.support.application import START
from tests.support.mutations import Photo, submission
from tests.support.phones import Phone

from .conftest import Post

LATER = START + timedelta(days=400)


def silent(what: str, done: int, total: int) -> None:
    """No progress told."""


async def ended(post: Post, phone: Phone, *photos: Photo, state: str = "refused") -> Dossier:
    """A dossier that ended a moment after it was filed, with all its pages held."""
    payload = submission(*photos)
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "applied"
    store: PageStore = post.server.state["pages"]
    for photo in photos:
        await store.put(photo.digest, photo.ciphertext)
        await Blob.bulk_create(
            [Blob(digest=photo.digest, size=len(photo.ciphertext), stored_at=START)],
            ignore_conflicts=True,
        )
    mine = Dossier.filter(id=uuid.UUID(payload["dossier"]))
    await mine.update(state=state, closed_at=START)
    return await mine.get()


async def test_content_goes_and_the_register_stays(post: Post, phone: Phone) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    dossier = await ended(post, phone, photo)
    store: PageStore = post.server.state["pages"]
    await erase_old(store, 365, LATER)
    left = await Dossier.get(id=dossier.id)
    assert (left.answers, left.applicant_phone, left.erased_at) == ({}, "", LATER)
    assert (left.applicant_name, left.code) == (dossier.applicant_name, dossier.code)
    assert await store.get(photo.digest) is None
    for kind in (DossierPage, Blob, ExpectedPage, Likeness):
        assert await kind.all().count() == 0
    mutation = await Mutation.get()
    assert bytes(mutation.signed) == b""
    assert mutation.receipt
    assert await Event.exists(name="dossier.erased", dossier_id=dossier.id)
    assert await verify() is None
    keyring = post.services.keyring
    assert await mutation_findings(keyring, silent, is_thorough=True) == []


async def test_erasing_again_changes_nothing(post: Post, phone: Phone) -> None:
    dossier = await ended(post, phone)
    store: PageStore = post.server.state["pages"]
    for _ in range(2):
        await erase(store, dossier, SYSTEM, LATER)
        await erase_old(store, 365, LATER)
    assert await Event.filter(name="dossier.erased").count() == 1


async def test_same_envelope_still_gets_the_same_receipt(post: Post, phone: Phone) -> None:
    payload = submission()
    (first,) = await post.send(phone, payload)
    await Dossier.all().update(state="stopped", closed_at=START)
    await erase_old(post.server.state["pages"], 365, LATER)
    (again,) = await post.send(phone, payload)
    assert (again["verdict"], again["receipt"]) == ("repeated", first["receipt"])


async def test_phone_that_still_had_pages_to_bring_has_nothing_left_to_do(
    post: Post, phone: Phone
) -> None:
    """Asked for again, a page that is not taken any more would be brought in vain for ever."""
    payload = submission(Photo("/data/giay_to/chung_sinh"))
    (first,) = await post.send(phone, payload)
    assert first["pages"] == {"received": 0, "total": 1}
    await Dossier.all().update(state="stopped", closed_at=START)
    await erase_old(post.server.state["pages"], 365, LATER)
    sealed = post.envelope(phone, payload)
    reply = await post.sync(envelopes=[sealed], device=phone.claim("none"))
    (again,) = reply["verdicts"]
    assert (again["verdict"], again["receipt"]) == ("repeated", first["receipt"])
    assert again["pages"] == {"received": 0, "total": 0}
    assert reply["missing"] == []
    for kind in (DossierPage, ExpectedPage):
        assert await kind.all().count() == 0


async def test_other_envelope_for_an_erased_dossier_waits_for_a_person_and_wakes_nothing(
    post: Post, phone: Phone
) -> None:
    payload = submission()
    await post.send(phone, payload)
    await Dossier.all().update(state="refused", closed_at=START)
    await erase_old(post.server.state["pages"], 365, LATER)
    other = submission() | {"dossier": payload["dossier"]}
    (verdict,) = await post.send(phone, other)
    assert (verdict["verdict"], verdict["reason"]) == ("held", "dossier-exists")
    withdrawal = {**submission(), "dossier": payload["dossier"], "kind": "dossier.withdraw"}
    withdrawal |= {"base": 1, "answers": {}, "reason": "Đã nộp chỗ khác"}
    (late,) = await post.send(phone, withdrawal)
    assert late["verdict"] in ("refused", "conflict")
    left = await Dossier.get()
    assert (left.state, left.answers, left.erased_at) == ("refused", {}, LATER)


async def test_page_that_another_dossier_names_stays(post: Post, phone: Phone) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    await ended(post, phone, photo)
    other = await ended(post, phone, photo, state="received")
    store: PageStore = post.server.state["pages"]
    await erase_old(store, 365, LATER)
    assert await store.get(photo.digest) == photo.ciphertext
    assert await DossierPage.filter(dossier_id=other.id).count() == 1


@pytest.mark.parametrize(
    ("state", "days", "later"),
    [("finished", 365, 400), ("received", 365, 400), ("refused", 0, 400), ("refused", 365, 300)],
)
async def test_what_is_still_kept_is_left_whole(
    post: Post, phone: Phone, state: str, days: int, later: int
) -> None:
    dossier = await ended(post, phone, state=state)
    await erase_old(post.server.state["pages"], days, START + timedelta(days=later))
    assert (await Dossier.get(id=dossier.id)).answers == dossier.answers


async def test_finished_dossier_is_not_erased_on_request(post: Post, phone: Phone) -> None:
    dossier = await ended(post, phone, state="finished")
    with pytest.raises(Problem, match="erasure-refused"):
        await erase(post.server.state["pages"], dossier, SYSTEM, LATER)
