"""Envelopes that nobody vouches for: kept with a receipt, decided by a person at the desk."""

import uuid

import pytest

from server.attachments.models import ExpectedPage
from server.dossiers.models import Dossier
from server.errors import Problem
from server.events import SYSTEM, Event
from server.forms.models import Procedure
from server.identity import devices
from server.identity.models import Device
from server.sync import held
from server.sync.models import Mutation
from tests.support.desks import Staff, staff_of
from tests.support.mutations import Photo, submission
from tests.support.people import Y_TY, make_person
from tests.support.phones import Phone

from .conftest import Post


@pytest.fixture
def staff(post: Post) -> Staff:
    return staff_of(post.services)


async def carried(post: Post, phone: Phone, payload: dict[str, object]) -> dict[str, object]:
    """The verdict when another phone delivers the envelope."""
    reply = await post.sync(envelopes=[post.envelope(phone, payload)], device=Phone().claim("none"))
    verdict: dict[str, object] = reply["verdicts"][0]
    return verdict


async def test_unknown_device_is_held_with_a_receipt_and_its_pages_may_come(
    post: Post, phone: Phone
) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    payload = submission(photo)
    verdict = await carried(post, phone, payload)
    assert verdict["verdict"] == "held"
    assert verdict["receipt"]
    assert await Dossier.all().count() == 0
    assert await ExpectedPage.exists(digest=photo.digest)
    assert await Event.exists(name="mutation.held", commune_code="02683")
    again = await carried(post, phone, payload)
    assert (again["verdict"], again["receipt"]) == ("repeated", verdict["receipt"])


async def test_revoked_device_is_held(post: Post, phone: Phone, staff: Staff) -> None:
    await post.send(phone, submission())
    await devices.revoke(phone.id, SYSTEM, post.services.clock.now())
    payload = submission()
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "held"
    assert (await Mutation.get(id=payload["id"])).reason == "device-revoked"


async def test_helper_whom_nobody_vouches_for_is_held(post: Post, phone: Phone) -> None:
    for person_id in ({"personId": str(uuid.uuid4())}, {}):
        helper = {**person_id, "name": "Vàng Văn Ví Dụ", "relation": "hàng xóm"}
        (verdict,) = await post.send(phone, submission(helper=helper))
        assert verdict["verdict"] == "held"


async def test_invalid_mutation_of_an_unknown_device_is_refused_not_held(
    post: Post, phone: Phone
) -> None:
    payload = submission()
    payload["answers"]["ho_ten"] = ""
    assert (await carried(post, phone, payload))["verdict"] == "refused"


async def test_accepted_mutation_is_applied_once_and_its_phone_may_read(
    post: Post, phone: Phone, staff: Staff
) -> None:
    officer = await make_person("can-bo", "officer", name="Vàng Văn Ví Dụ")
    helper = {"personId": str(officer.id), "name": "x", "relation": "cán bộ thôn"}
    payload = submission(Photo("/data/giay_to/chung_sinh"), helper=helper)
    await carried(post, phone, payload)
    desk = await staff.desk("clerk")
    (waiting,) = await held.waiting(desk)
    assert waiting.opened.payload.applicant.name == "Giàng A Thử"
    dossier = await held.accept(desk, waiting.mutation.id, post.services.keyring.storage)
    assert (dossier.state, dossier.helper_id) == ("submitted", officer.id)
    assert await held.waiting(desk) == []
    with pytest.raises(Problem, match="dossier-changed"):
        await held.accept(desk, waiting.mutation.id, post.services.keyring.storage)
    assert await Device.exists(id=phone.id)
    assert len((await post.read(phone))["changes"]) == 1


async def test_accepting_what_no_longer_fits_changes_nothing(
    post: Post, phone: Phone, staff: Staff
) -> None:
    payload = submission()
    await carried(post, phone, payload)
    await Procedure.all().update(is_open=False)
    desk = await staff.desk("clerk")
    with pytest.raises(Problem, match="procedure-closed"):
        await held.accept(desk, uuid.UUID(payload["id"]), post.services.keyring.storage)
    assert len(await held.waiting(desk)) == 1
    assert await Dossier.all().count() == 0


async def test_rejected_mutation_stays_as_evidence(post: Post, phone: Phone, staff: Staff) -> None:
    payload = submission()
    await carried(post, phone, payload)
    desk = await staff.desk("clerk")
    with pytest.raises(Problem, match="input-missing"):
        await held.reject(desk, uuid.UUID(payload["id"]), " ")
    await held.reject(desk, uuid.UUID(payload["id"]), "Không ai nhận đã gửi.")
    assert await held.waiting(desk) == []
    assert await Dossier.all().count() == 0
    assert await Mutation.exists(id=payload["id"])
    event = await Event.get(name="mutation.decided")
    assert (event.data["decision"], event.actor_role) == ("rejected", "clerk")


async def test_clerk_of_another_commune_neither_sees_nor_decides(post: Post, phone: Phone) -> None:
    payload = submission()
    await carried(post, phone, payload)
    desk = await staff_of(post.services, Y_TY).desk("clerk")
    assert await held.waiting(desk) == []
    with pytest.raises(Problem, match="dossier-unknown"):
        await held.accept(desk, uuid.UUID(payload["id"]), post.services.keyring.storage)
