"""`POST /sync` over the whole server: verdicts, receipts, changes, what is missing."""

import asyncio
import uuid
from datetime import timedelta

import pytest

from server.attachments.models import ExpectedPage
from server.clock import iso
from server.dossiers.models import Dossier, DossierPage
from server.events import Event, verify
from server.forms.models import AcceptedForm, Procedure
from server.identity.models import Device
from server.results import receipts
from server.sync.models import Mutation
from tests.support.mutations import Photo, submission
from tests.support.people import Y_TY, make_person, sign_in
from tests.support.phones import Phone

from .conftest import Post


async def stored() -> tuple[int, ...]:
    tables = (Dossier, DossierPage, Mutation, Event, ExpectedPage, Device)
    return tuple([await table.all().count() for table in tables])


async def test_new_mutation_is_applied_and_its_receipt_verifies(post: Post, phone: Phone) -> None:
    payload = submission()
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "applied"
    receipt = receipts.check(post.services.keyring.receipts, verdict["receipt"])
    assert receipt is not None
    assert (receipt.jti, receipt.sub) == (payload["id"], payload["dossier"])
    assert (receipt.device, receipt.at) == (phone.id, payload["at"])
    dossier = await Dossier.get(id=payload["dossier"])
    assert (dossier.state, dossier.version, dossier.code) == ("submitted", 1, receipt.code)
    assert dossier.applicant_folded == "giang a thu"
    assert await verify() is None


async def test_second_send_of_same_mutation_changes_nothing(post: Post, phone: Phone) -> None:
    payload = submission(Photo("/data/giay_to/chung_sinh"))
    (first,) = await post.send(phone, payload)
    before = await stored()
    (second,) = await post.send(phone, payload)
    assert second["verdict"] == "repeated"
    assert second["receipt"] == first["receipt"]
    assert await stored() == before


async def test_twenty_copies_at_once_have_one_effect_and_one_receipt(
    post: Post, phone: Phone
) -> None:
    envelope = post.envelope(phone, submission(Photo("/data/giay_to/chung_sinh")))
    replies = await asyncio.gather(
        *(post.sync(envelopes=[envelope], device=phone.claim("none")) for _ in range(20))
    )
    verdicts = [reply["verdicts"][0] for reply in replies]
    assert sorted(one["verdict"] for one in verdicts) == ["applied", *["repeated"] * 19]
    assert len({one["receipt"] for one in verdicts}) == 1
    assert await stored() == (1, 1, 1, 1, 1, 1)


async def test_many_dossiers_of_one_new_phone_at_once_are_all_applied(
    post: Post, phone: Phone
) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    envelopes = [post.envelope(phone, submission(photo)) for _ in range(10)]
    replies = await asyncio.gather(
        *(post.sync(envelopes=[one], device=phone.claim("none")) for one in envelopes)
    )
    assert [reply["verdicts"][0]["verdict"] for reply in replies] == ["applied"] * 10
    assert await stored() == (10, 10, 10, 10, 1, 1)
    assert await verify() is None


async def test_known_id_with_other_content_is_refused(post: Post, phone: Phone) -> None:
    payload = submission()
    await post.send(phone, payload)
    before = await stored()
    (verdict,) = await post.send(phone, {**payload, "reason": "khác"})
    assert (verdict["verdict"], verdict["problem"]["code"]) == ("refused", "mutation-reused")
    assert await stored() == before


async def test_same_dossier_cannot_be_filed_twice(post: Post, phone: Phone) -> None:
    payload = submission()
    await post.send(phone, payload)
    (verdict,) = await post.send(phone, {**payload, "id": str(uuid.uuid4())})
    assert verdict["verdict"] == "applied"
    assert await Dossier.all().count() == 1
    assert await Event.filter(name="dossier.submitted").count() == 1


async def test_envelopes_of_one_request_are_judged_one_by_one(post: Post, phone: Phone) -> None:
    good, bad, last = submission(), submission(commune="99999"), submission()
    bad["answers"]["_commune"] = "99999"
    verdicts = await post.send(phone, good, bad, last)
    assert [one["verdict"] for one in verdicts] == ["applied", "refused", "applied"]
    assert [one["id"] for one in verdicts] == [good["id"], bad["id"], last["id"]]


async def test_invalid_answers_are_refused_with_their_places(post: Post, phone: Phone) -> None:
    payload = submission()
    payload["answers"] |= {"ho_ten": "A", "chao": "Chào A", "la": "lạ"}
    (verdict,) = await post.send(phone, payload)
    assert verdict["problem"]["code"] == "answers-invalid"
    faults = {fault["ref"]: fault["kind"] for fault in verdict["problem"]["faults"]}
    assert faults == {"/data/ho_ten": "constraint", "/data/la": "unknown"}
    assert await stored() == (0, 0, 0, 0, 0, 0)


async def test_page_that_no_question_names_is_refused(post: Post, phone: Phone) -> None:
    payload = submission(Photo("/data/giay_to/chung_sinh"))
    payload["answers"]["giay_to"]["chung_sinh"] = "khac.jpg"
    (verdict,) = await post.send(phone, payload)
    assert verdict["problem"]["code"] == "answers-invalid"
    assert await stored() == (0, 0, 0, 0, 0, 0)


async def test_reply_names_the_pages_still_missing(post: Post, phone: Phone) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    payload = submission(photo)
    envelope = post.envelope(phone, payload)
    reply = await post.sync(envelopes=[envelope], device=phone.claim("none"))
    assert reply["missing"] == [photo.digest]
    assert reply["verdicts"][0]["pages"] == {"received": 0, "total": 1}
    assert (await post.read(phone))["missing"] == [photo.digest]


async def test_envelope_carried_by_a_known_stranger_is_applied(post: Post, phone: Phone) -> None:
    await post.send(phone, submission())
    carrier = Phone()
    envelope = post.envelope(phone, submission())
    reply = await post.sync(envelopes=[envelope], device=carrier.claim("none"))
    assert reply["verdicts"][0]["verdict"] == "applied"
    assert reply["changes"] == []
    assert not await Device.exists(id=carrier.id)


async def test_device_reads_what_it_filed_by_proof_alone(post: Post, phone: Phone) -> None:
    payload = submission()
    await post.send(phone, payload)
    reply = await post.read(phone)
    (view,) = reply["changes"]
    assert (view["id"], view["state"], view["version"]) == (payload["dossier"], "submitted", 1)
    assert [entry["event"] for entry in view["timeline"]] == ["dossier.submitted"]
    assert not reply["more"]
    assert (await post.read(phone, reply["cursor"]))["changes"] == []


async def test_device_without_proof_reads_nothing_and_keeps_its_cursor(
    post: Post, phone: Phone
) -> None:
    await post.send(phone, submission())
    reply = await post.sync(device=phone.claim("none"), cursor="7.abc")
    assert reply["changes"] == []
    assert reply["cursor"] == "7.abc"


async def test_officer_files_for_others_and_reads_with_the_login_only(
    post: Post, phone: Phone
) -> None:
    officer = await make_person("can-bo", "officer", name="Vàng Văn Ví Dụ")
    await sign_in(post.services, post.browser, officer)
    await post.browser.post("/identity/devices", json={"key": phone.claim("none")["key"]})
    helper = {"personId": str(officer.id), "name": "ai cũng được", "relation": "cán bộ thôn"}
    payload = submission(helper=helper)
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "applied", verdict
    dossier = await Dossier.get(id=payload["dossier"])
    assert (dossier.helper_id, dossier.helper_name) == (officer.id, "Vàng Văn Ví Dụ")
    assert dossier.applicant_id is None
    assert len((await post.read(phone))["changes"]) == 1
    post.browser.cookies.clear()
    assert (await post.read(phone))["changes"] == []


async def test_officer_of_another_commune_is_refused(post: Post, phone: Phone) -> None:
    officer = await make_person("can-bo", "officer", commune=Y_TY)
    await sign_in(post.services, post.browser, officer)
    await post.browser.post("/identity/devices", json={"key": phone.claim("none")["key"]})
    helper = {"personId": str(officer.id), "name": "x", "relation": ""}
    (verdict,) = await post.send(phone, submission(helper=helper))
    assert verdict["problem"]["code"] == "not-allowed"
    assert await Dossier.all().count() == 0


async def test_a_citizens_store_never_reads_for_the_person_signed_in_beside_it(
    post: Post, phone: Phone
) -> None:
    officer = await make_person("can-bo", "officer")
    officers_phone = Phone()
    await sign_in(post.services, post.browser, officer)
    await post.browser.post("/identity/devices", json={"key": officers_phone.claim("x")["key"]})
    helper = {"personId": str(officer.id), "name": "x", "relation": ""}
    await post.send(officers_phone, submission(helper=helper))
    own = submission()
    await post.send(phone, own)
    assert [view["id"] for view in (await post.read(phone))["changes"]] == [own["dossier"]]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"v":2}', b'{"v":1,"envelopes":[{}]}'])
async def test_malformed_request_is_refused_by_name(post: Post, body: bytes) -> None:
    answer = await post.browser.post("/sync", content=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "request-malformed"


async def test_oversized_request_is_refused(post: Post) -> None:
    answer = await post.browser.post("/sync", content=b" " * ((4 << 20) + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "request-too-large")


async def test_catalogue_is_named_by_its_digest(post: Post) -> None:
    answer = await post.browser.get("/catalogue")
    catalogue = answer.json()
    assert (await post.sync())["catalogue"] == catalogue["digest"]
    assert catalogue["agencyKeys"][0]["kid"] == post.services.keyring.agency[-1].kid
    (procedure,) = catalogue["procedures"]
    assert procedure["acceptedForms"] == [procedure["form"]]
    assert procedure["acceptedUntil"] == {}
    again = await post.browser.get("/catalogue", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_catalogue_tells_until_when_an_older_form_is_taken(post: Post) -> None:
    now = post.services.clock.now()
    code = (await Procedure.all().first()).code  # type: ignore[union-attr]
    taken, ended = "a" * 64, "b" * 64
    for digest, days in ((taken, 3), (ended, -1)):
        until = now + timedelta(days=days)
        await AcceptedForm.create(
            procedure_code=code, form_digest=digest, accepted_from=now, accepted_until=until
        )
    (procedure,) = (await post.browser.get("/catalogue")).json()["procedures"]
    assert procedure["acceptedUntil"] == {taken: iso(now + timedelta(days=3))}
    assert ended not in procedure["acceptedForms"]
