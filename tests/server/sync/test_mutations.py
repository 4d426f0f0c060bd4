"""What a submission is refused with, and that a refusal leaves nothing behind."""

from datetime import timedelta
from typing import Any

import pytest

from server.attachments.models import Blob, ExpectedPage
from server.dossiers.arrivals import page_received
from server.dossiers.models import Dossier, DossierPage
from server.events import Event
from server.forms.models import AcceptedForm, Procedure
from server.identity.models import Commune, Device
from server.sync import rounds
from server.sync.models import Mutation
from tests.support.application import START
from tests.support.mutations import PROCEDURE, Photo, submission
from tests.support.people import Y_TY, make_person, sign_in
from tests.support.phones import Phone

from .conftest import Post


async def refusal(post: Post, phone: Phone, payload: dict[str, Any]) -> str:
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "refused", verdict
    for table in (Dossier, DossierPage, Mutation, Event, ExpectedPage, Device):
        assert await table.all().count() == 0
    assert verdict["problem"]["vi"].endswith(".")
    assert verdict["problem"]["en"].endswith(".")
    code: str = verdict["problem"]["code"]
    return code


async def test_unknown_procedure(post: Post, phone: Phone) -> None:
    payload = submission(procedure="9.999999")
    assert await refusal(post, phone, payload) == "procedure-unknown"


async def test_closed_procedure(post: Post, phone: Phone) -> None:
    await Procedure.filter(code=PROCEDURE).update(is_open=False)
    assert await refusal(post, phone, submission()) == "procedure-closed"


async def test_form_that_was_never_published(post: Post, phone: Phone) -> None:
    assert await refusal(post, phone, submission(form="0" * 64)) == "form-unknown"


async def test_form_that_is_taken_no_longer(post: Post, phone: Phone) -> None:
    await AcceptedForm.all().update(accepted_until=START - timedelta(seconds=1))
    assert await refusal(post, phone, submission()) == "form-unknown"


@pytest.mark.parametrize("commune", ["99999", Y_TY])
async def test_commune_that_is_closed_or_made_up(post: Post, phone: Phone, commune: str) -> None:
    await Commune.filter(code=Y_TY).update(is_open=False)
    payload = submission(commune=commune)
    payload["answers"]["_commune"] = commune
    assert await refusal(post, phone, payload) == "commune-unknown"


async def test_commune_that_differs_from_the_answers_is_forged(post: Post, phone: Phone) -> None:
    assert await refusal(post, phone, submission(commune=Y_TY)) == "commune-unknown"


async def test_calculated_value_that_the_server_does_not_get(post: Post, phone: Phone) -> None:
    payload = submission()
    payload["answers"]["chao"] = "Chào người khác"
    assert await refusal(post, phone, payload) == "answers-invalid"


async def test_time_that_is_none(post: Post, phone: Phone) -> None:
    payload = submission(at="2026-13-45T99:00:00Z")
    assert await refusal(post, phone, payload) == "request-malformed"


async def test_answers_are_judged_at_the_phones_time_when_it_is_believable(
    post: Post, phone: Phone
) -> None:
    late = submission(at="2026-10-01T02:00:00Z")
    late["answers"]["ngay_sinh"] = "2026-10-02"
    assert await refusal(post, phone, late) == "answers-invalid"
    wrong_clock = submission(at="1970-01-01T00:00:00Z")
    wrong_clock["answers"]["ngay_sinh"] = "2026-10-02"
    (verdict,) = await post.send(phone, wrong_clock)
    assert verdict["verdict"] == "applied"
    kept = await Mutation.get(id=wrong_clock["id"])
    assert kept.skew_seconds == int(START.timestamp())


async def test_page_that_is_held_already_need_not_come_again(post: Post, phone: Phone) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    await Blob.create(digest=photo.digest, size=len(photo.ciphertext), stored_at=START)
    (verdict,) = await post.send(phone, submission(photo))
    assert verdict["pages"] == {"received": 1, "total": 1}
    assert (await DossierPage.get(digest=photo.digest)).received_at is not None


async def test_arrival_that_a_crash_left_untold_is_told_with_the_next_sync(
    post: Post, phone: Phone
) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    payload = submission(photo)
    await post.send(phone, payload)
    await Blob.create(digest=photo.digest, size=len(photo.ciphertext), stored_at=START)
    assert (await post.read(phone))["missing"] == []
    assert (await DossierPage.get(digest=photo.digest)).received_at is not None
    await page_received(photo.digest, START)
    assert await Event.filter(name="page.received").count() == 1


async def test_citizens_own_claimed_phone_files_for_its_person(post: Post, phone: Phone) -> None:
    person = await make_person("dan", role=None)
    await sign_in(post.services, post.browser, person)
    await post.browser.post("/identity/devices", json={"key": phone.claim("none")["key"]})
    payload = submission()
    await post.send(phone, payload)
    dossier = await Dossier.get(id=payload["dossier"])
    assert (dossier.applicant_id, dossier.helper_id) == (person.id, None)


async def test_fault_of_ours_gives_no_verdict_and_keeps_nothing(
    post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*given: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(rounds, "submit_all", fail)
    payload = submission()
    assert await post.send(phone, payload) == []
    assert await Mutation.all().count() == 0
    monkeypatch.undo()
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "applied"
