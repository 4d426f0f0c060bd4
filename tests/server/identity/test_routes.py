"""Signing in over HTTP, as the app does it."""

import time

import httpx2
import pytest

from server import base64url
from server.clock import FixedClock
from server.identity import attempts, codes, devices, enrolments
from server.identity.models import Device, Login, OneTimeCode
from server.identity.senders import CodeMessage
from tests.support.application import START, Running
from tests.support.authenticator import Authenticator
from tests.support.people import make_communes, make_person, services_in, sign_in
from tests.support.phones import Phone


class Inbox:
    def __init__(self) -> None:
        self.messages: list[CodeMessage] = []

    async def send(self, message: CodeMessage) -> None:
        self.messages.append(message)


@pytest.fixture
def inbox(server: Running) -> Inbox:
    inbox = Inbox()
    server.state = {**server.state, "sender": inbox}
    return inbox


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "REFUSED_AFTER", 0.0)


async def test_refusals_take_the_same_time_whether_the_account_exists(
    server: Running, browser: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "REFUSED_AFTER", 0.3)
    person = await make_person()
    await codes.issue(services_in(server).keyring.secret, person, START)
    for account in (person.account, "khong-co"):
        started = time.monotonic()
        await browser.post("/identity/logins", json={"account": account, "code": "x"})
        assert time.monotonic() - started >= 0.3


async def test_code_asked_for_arrives_and_signs_in(
    browser: httpx2.AsyncClient, inbox: Inbox
) -> None:
    await make_communes()
    person = await make_person()
    asked = await browser.post("/identity/codes", json={"account": " Lo-Thi-Mau "})
    assert (asked.status_code, asked.content) == (202, b"")
    (message,) = inbox.messages
    answer = await browser.post(
        "/identity/logins", json={"account": person.account, "code": message.code}
    )
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(person.id),
        "account": "lo-thi-mau",
        "name": "Lò Thị Mẫu",
        "roles": [{"role": "clerk", "commune": "02683", "communeName": "Xã Bát Xát"}],
    }
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert (await browser.get("/identity/me")).json() == answer.json()


async def test_asking_for_nobody_answers_the_same(
    browser: httpx2.AsyncClient, inbox: Inbox
) -> None:
    asked = await browser.post("/identity/codes", json={"account": "khong-co"})
    assert (asked.status_code, asked.content) == (202, b"")
    assert inbox.messages == []
    assert await OneTimeCode.all().count() == 0


async def test_wrong_code_and_unknown_account_are_one_problem(
    browser: httpx2.AsyncClient, inbox: Inbox
) -> None:
    person = await make_person()
    await browser.post("/identity/codes", json={"account": person.account})
    wrong = "000000" if inbox.messages[0].code != "000000" else "000001"
    answers = [
        await browser.post("/identity/logins", json={"account": account, "code": wrong})
        for account in (person.account, "khong-co")
    ]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == "sign-in-refused"
    assert "set-cookie" not in answers[0].headers


async def test_asking_again_and_again_is_held(browser: httpx2.AsyncClient, inbox: Inbox) -> None:
    for _ in range(5):
        await browser.post("/identity/codes", json={"account": "lo-thi-mau"})
    held = await browser.post("/identity/codes", json={"account": "lo-thi-mau"})
    assert held.status_code == 429
    assert held.json()["code"] == "too-many-attempts"
    assert int(held.headers["retry-after"]) > 0


async def test_me_without_login_asks_to_sign_in(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/identity/me")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "sign-in-required"


async def test_signing_out_ends_the_login_everywhere(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    person = await make_person()
    await sign_in(services_in(server), browser, person)
    token = browser.cookies["hoso"]
    answer = await browser.delete("/identity/login")
    assert answer.status_code == 204
    assert (await Login.get()).revoked_at == START
    async with server.browser(Cookie=f"hoso={token}") as thief:
        assert (await thief.get("/identity/me")).status_code == 401
    assert (await browser.delete("/identity/login")).status_code == 204


async def test_login_left_alone_ends(
    server: Running, browser: httpx2.AsyncClient, clock: FixedClock
) -> None:
    await sign_in(services_in(server), browser, await make_person())
    assert (await browser.get("/identity/me")).status_code == 200
    clock.at = clock.at.replace(hour=11)
    assert (await browser.get("/identity/me")).status_code == 401


async def test_link_enrols_a_passkey_and_the_passkey_signs_in(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    await make_communes()
    person = await make_person(role="officer")
    token = await enrolments.create(person, START)
    key = Authenticator()
    begun = await browser.post(f"/identity/enrolments/{token}/options")
    assert begun.json()["name"] == "Lò Thị Mẫu"
    credential = key.register(begun.json()["options"])
    done = await browser.post(f"/identity/enrolments/{token}", json={"credential": credential})
    assert done.status_code == 200
    assert done.json()["account"] == person.account
    assert (await browser.get("/identity/me")).status_code == 200

    async with server.browser() as other:
        options = (await other.post("/identity/passkey-logins/options")).json()["options"]
        answer = await other.post(
            "/identity/passkey-logins", json={"credential": key.log_in(options)}
        )
        assert answer.json()["id"] == str(person.id)
        assert (await other.get("/identity/me")).status_code == 200


async def test_unknown_link_is_a_problem(browser: httpx2.AsyncClient) -> None:
    for path in ("/identity/enrolments/made-up/options", "/identity/enrolments/made-up"):
        answer = await browser.post(path, json={"credential": {}})
        assert answer.status_code == 410
        assert answer.json()["code"] == "enrolment-invalid"


async def test_body_with_the_phones_secret_is_refused(browser: httpx2.AsyncClient) -> None:
    credential = {"clientExtensionResults": {"prf": {"results": {"first": "c2VjcmV0"}}}}
    answer = await browser.post("/identity/passkey-logins", json={"credential": credential})
    assert answer.json()["code"] == "secret-in-body"
    assert "c2VjcmV0" not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"account": 7}', b'{"account": ""}', b"\xff"])
async def test_malformed_body_is_told_what_is_wrong(
    browser: httpx2.AsyncClient, body: bytes
) -> None:
    answer = await browser.post("/identity/codes", content=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "request-malformed"


async def test_device_is_enrolled_listed_and_revoked(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    phone = Phone()
    await sign_in(services_in(server), browser, await make_person(role="officer"))
    body = {"key": base64url.encode(phone.point), "name": "Máy của thôn"}
    for _ in range(2):
        answer = await browser.post("/identity/devices", json=body)
        assert answer.status_code == 200
        assert answer.json()["id"] == phone.id
    (listed,) = (await browser.get("/identity/devices")).json()
    assert (listed["name"], listed["isRevoked"]) == ("Máy của thôn", False)
    assert (await browser.delete(f"/identity/devices/{phone.id}")).status_code == 204
    assert (await Device.get()).revoked_at == START


async def test_device_seen_before_is_enrolled_with_proof(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    phone, services = Phone(), services_in(server)
    await Device.create(id=phone.id, point=phone.point, registered_at=START)
    await sign_in(services, browser, await make_person(role="officer"))
    claim = phone.claim(devices.nonce(services.keyring.secret, phone.id, START))
    bare = await browser.post("/identity/devices", json={"key": claim["key"]})
    assert bare.json()["code"] == "signature-invalid"
    assert (await browser.post("/identity/devices", json=claim)).status_code == 200


async def test_device_of_somebody_else_is_not_revoked(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    phone = Phone()
    owner = await make_person("chu-may")
    await devices.enrol(owner, "officer", phone.point, START, is_proven=True)
    await sign_in(services_in(server), browser, await make_person("nguoi-khac"))
    answer = await browser.delete(f"/identity/devices/{phone.id}")
    assert answer.json()["code"] == "not-allowed"
    assert (await Device.get()).revoked_at is None


async def test_devices_without_login_are_nobodys_business(browser: httpx2.AsyncClient) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", "/x")):
        answer = await browser.request(method, f"/identity/devices{path}", json={})
        assert answer.json()["code"] == "sign-in-required"


async def test_signing_in_with_code_over_http_limits_guesses(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    person = await make_person()
    code = await codes.issue(services_in(server).keyring.secret, person, START)
    for _ in range(15):
        await browser.post("/identity/logins", json={"account": person.account, "code": "x"})
    answer = await browser.post("/identity/logins", json={"account": person.account, "code": code})
    assert answer.json()["code"] == "too-many-attempts"
