"""Following a dossier by its code, and opening it on another phone."""

import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from server.clock import FixedClock
from server.dossiers.models import Dossier
from server.events import SYSTEM, Event
from server.identity import attempts, devices
from server.identity.senders import CodeMessage
from server.services import Services
from server.tracking import claims
from server.tracking.models import Claim, ClaimCode
from tests.support.application import Running
from tests.support.desks import staff_of
from tests.support.dossiers import make_dossier
from tests.support.mutations import envelope, publish, submission
from tests.support.people import make_communes, services_in
from tests.support.phones import Phone

PHONE = "0912 345 678"


class Inbox:
    def __init__(self) -> None:
        self.messages: list[CodeMessage] = []

    async def send(self, message: CodeMessage) -> None:
        self.messages.append(message)


class Valley:
    """A dossier sent from a phone that is lost since, and the applicant's new phone."""

    def __init__(self, server: Running, browser: httpx2.AsyncClient, inbox: Inbox) -> None:
        self.services: Services = services_in(server)
        self.browser, self.inbox = browser, inbox
        self.old, self.new = Phone(), Phone()
        self.dossier = Dossier()

    async def post(self, **body: Any) -> dict[str, Any]:
        answer = await self.browser.post("/sync", json={"v": 1, "language": "vi", **body})
        reply: dict[str, Any] = answer.json()
        return reply

    async def send(self, phone: Phone, payload: dict[str, Any]) -> dict[str, Any]:
        sealed = envelope(self.services.keyring, phone, payload)
        reply = await self.post(envelopes=[sealed], device=phone.claim("none"))
        verdict: dict[str, Any] = reply["verdicts"][0]
        return verdict

    async def proof(self, phone: Phone, cursor: str = "") -> dict[str, str]:
        return phone.claim((await self.post(device=phone.claim("none")))["nonce"], cursor)

    async def read(self, phone: Phone, cursor: str = "") -> dict[str, Any]:
        device = await self.proof(phone, cursor)
        return await self.post(device=device, **({"cursor": cursor} if cursor else {}))

    async def ask(self, code: str, phone: str = PHONE) -> httpx2.Response:
        return await self.browser.post("/claims", json={"code": code, "phone": phone})

    async def redeem(self, one_time: str, **changed: Any) -> httpx2.Response:
        body = {"code": self.dossier.code, "oneTime": one_time, **changed}
        return await self.browser.post(
            "/claims/redeem", json={"device": await self.proof(self.new), **body}
        )


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "REFUSED_AFTER", 0.0)


@pytest.fixture
async def valley(server: Running) -> AsyncIterator[Valley]:
    await make_communes()
    await publish()
    inbox = Inbox()
    server.state = {**server.state, "sender": inbox}
    async with server.browser() as browser:
        place = Valley(server, browser, inbox)
        payload = submission()
        assert (await place.send(place.old, payload))["verdict"] == "applied"
        place.dossier = await Dossier.get(id=uuid.UUID(payload["dossier"]))
        yield place


async def test_code_by_message_opens_the_dossier_on_another_phone(valley: Valley) -> None:
    own = submission()
    await valley.send(valley.new, own)
    before = await valley.read(valley.new)
    assert [one["id"] for one in before["changes"]] == [own["dossier"]]
    # As people write both down.
    asked = await valley.ask(valley.dossier.code.lower().replace("-", " "), "+84 912 345 678")
    assert (asked.status_code, asked.content) == (202, b"")
    (message,) = valley.inbox.messages
    assert (message.phone, message.purpose) == ("0912345678", "claim")
    answer = await valley.redeem(message.code)
    assert answer.json() == {"dossier": str(valley.dossier.id)}
    after = await valley.read(valley.new, before["cursor"])
    seen = {one["id"]: one for one in after["changes"]}
    steps = seen[str(valley.dossier.id)]["timeline"]
    assert [one["event"] for one in steps] == ["dossier.submitted"]


async def test_phone_that_claimed_may_answer_and_withdraw(valley: Valley) -> None:
    secret = valley.services.keyring.secret
    withdrawal = submission(
        kind="dossier.withdraw", dossier=str(valley.dossier.id), base=1, reason="đổi ý"
    )
    await valley.read(valley.new)
    assert (await valley.send(valley.new, withdrawal))["verdict"] == "refused"
    now = valley.services.clock.now()
    await valley.redeem(await claims.issue(secret, valley.dossier, SYSTEM, now))
    verdict = await valley.send(valley.new, {**withdrawal, "id": str(uuid.uuid4())})
    assert verdict["verdict"] == "applied"
    assert (await Dossier.get(id=valley.dossier.id)).state == "withdrawing"


async def test_code_made_at_the_desk_works_alike_and_both_are_in_the_log(
    valley: Valley,
) -> None:
    desk = await staff_of(valley.services).desk("clerk")
    actor = desk.visitor.actor("claim", valley.dossier.commune_code)
    code = await claims.issue(valley.services.keyring.secret, valley.dossier, actor, desk.now)
    assert (await valley.redeem(f" {code[:3]} {code[3:]}")).status_code == 200
    offered, claimed = await Event.filter(name__startswith="dossier.claim").order_by("seq")
    assert (offered.actor_role, offered.dossier_id) == ("clerk", valley.dossier.id)
    assert (claimed.actor_role, claimed.device_id) == ("citizen", valley.new.id)


@pytest.mark.parametrize(
    ("code", "phone"), [(None, "0987654321"), ("HS-0000-0000", PHONE), ("x", PHONE), (None, "no")]
)
async def test_wrong_number_or_code_sends_nothing_and_answers_the_same(
    valley: Valley, code: str | None, phone: str
) -> None:
    asked = await valley.ask(code or valley.dossier.code, phone)
    assert (asked.status_code, asked.content) == (202, b"")
    assert valley.inbox.messages == []


async def test_dossier_without_a_number_is_claimed_by_nobody_without_one(valley: Valley) -> None:
    await Dossier.all().update(applicant_phone="")
    await valley.ask(valley.dossier.code, "-")
    assert valley.inbox.messages == []


async def test_code_works_once_for_half_an_hour_and_five_attempts(
    valley: Valley, clock: FixedClock
) -> None:
    secret, dossier = valley.services.keyring.secret, valley.dossier

    async def code() -> str:
        return await claims.issue(secret, dossier, SYSTEM, clock.now())

    used = await code()
    assert (await valley.redeem(used)).status_code == 200
    replaced, newest = await code(), await code()
    told = [await valley.redeem(one) for one in (used, replaced)]
    told += [await valley.redeem("x") for _ in range(3)]
    told.append(await valley.redeem(newest))
    late = await code()
    clock.move(claims.LIFE)
    told.append(await valley.redeem(late))
    told.append(await valley.redeem(late, code="HS-0000-0000"))
    assert {(one.status_code, one.json()["code"]) for one in told} == {(403, "claim-refused")}
    assert await Claim.all().count() == 1


async def test_claim_without_a_fresh_proof_of_the_key_is_refused(valley: Valley) -> None:
    now = valley.services.clock.now()
    code = await claims.issue(valley.services.keyring.secret, valley.dossier, SYSTEM, now)
    stolen = await valley.proof(valley.new)
    for device in ({**stolen, "key": Phone().claim("")["key"]}, valley.new.claim("made-up")):
        answer = await valley.redeem(code, device=device)
        assert (answer.status_code, answer.json()["code"]) == (422, "signature-invalid")
    assert (await ClaimCode.get()).used_at is None


async def test_revoked_phone_claims_and_reads_nothing(valley: Valley) -> None:
    now = valley.services.clock.now()
    secret = valley.services.keyring.secret
    await valley.redeem(await claims.issue(secret, valley.dossier, SYSTEM, now))
    await devices.revoke(valley.new.id, SYSTEM, now)
    assert (await valley.read(valley.new))["changes"] == []
    answer = await valley.redeem(await claims.issue(secret, valley.dossier, SYSTEM, now))
    assert answer.status_code == 403
    assert (await ClaimCode.filter(used_at=None).count()) == 1


async def test_asking_again_and_again_is_held_for_that_dossier(
    valley: Valley, clock: FixedClock
) -> None:
    for _ in range(5):
        assert (await valley.ask(valley.dossier.code)).status_code == 202
        clock.move(timedelta(minutes=30))
    held = await valley.ask(valley.dossier.code)
    assert (held.status_code, held.json()["code"]) == (429, "too-many-attempts")
    assert len(valley.inbox.messages) == 5


async def test_tracking_tells_the_state_and_nothing_else(
    valley: Valley, browser: httpx2.AsyncClient
) -> None:
    code = valley.dossier.code
    told = await browser.get(f"/track/{code.lower()}")
    assert told.json() == {
        "code": code,
        "state": "submitted",
        "vi": "Mới đăng ký",
        "en": "Newly submitted",
    }
    page = await browser.get("/track", params={"code": code})
    assert "Mới đăng ký" in page.text
    for secret in ("Giàng A Thử", "0912345678", str(valley.dossier.id), "1.001193"):
        assert secret not in page.text
    english = await browser.get("/track", params={"code": code, "language": "en"})
    assert "How far is my dossier?" in english.text


async def test_unknown_code_is_told_plainly(browser: httpx2.AsyncClient) -> None:
    assert (await browser.get("/track/HS-0000-0000")).json()["code"] == "dossier-unknown"
    assert (await browser.get("/track/zzz")).json()["code"] == "dossier-unknown"
    page = await browser.get("/track", params={"code": "<b>"})
    assert "Không thấy hồ sơ nào có mã này" in page.text
    assert "<b>" not in page.text


async def test_guessing_codes_is_held(
    browser: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_dossier(code="HS-1111-1111")
    assert (await browser.get("/track/HS-1111-1111")).status_code == 200
    monkeypatch.setitem(attempts.LIMITS, "tracked-in-vain", attempts.Limit(3, 3, attempts.DAY))
    for _ in range(3):
        assert (await browser.get("/track/HS-0000-0000")).status_code == 404
    assert (await browser.get("/track/HS-0000-0000")).status_code == 429
    page = await browser.get("/track", params={"code": "HS-0000-0000"})
    assert page.status_code == 429
    # Else the silence would tell a right guess from a wrong one.
    assert (await browser.get("/track/HS-1111-1111")).status_code == 429
