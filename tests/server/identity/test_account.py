"""One's own passkeys and logins over HTTP."""

from datetime import timedelta

import httpx2
import pytest

from server.clock import FixedClock
from server.events import Event
from server.identity.models import Appointment, Login, Passkey, Person
from tests.support.application import START, Running
from tests.support.authenticator import Authenticator
from tests.support.people import make_person, services_in, sign_in


@pytest.fixture
async def person(server: Running, browser: httpx2.AsyncClient) -> Person:
    person = await make_person(role="officer")
    await sign_in(services_in(server), browser, person)
    return person


async def test_passkey_is_added_named_listed_and_removed(
    browser: httpx2.AsyncClient, person: Person
) -> None:
    phone = Authenticator()
    options = (await browser.post("/identity/passkeys/options")).json()["options"]
    body = {"credential": phone.register(options), "name": "Máy nhà"}
    added = await browser.post("/identity/passkeys", json=body)
    assert added.status_code == 200, added.text
    key = added.json()["id"]
    assert (await browser.put(f"/identity/passkeys/{key}", json={"name": " Máy  mới "})).is_success
    (listed,) = (await browser.get("/identity/passkeys")).json()
    assert (listed["name"], listed["usedAt"]) == ("Máy mới", None)
    assert (await browser.delete(f"/identity/passkeys/{key}")).status_code == 204
    assert (await browser.get("/identity/passkeys")).json() == []
    assert (await browser.get("/identity/me")).status_code == 200
    again = await browser.delete(f"/identity/passkeys/{key}")
    assert (again.status_code, again.json()["code"]) == (404, "passkey-unknown")


async def test_removing_a_passkey_signs_out_elsewhere(
    server: Running, browser: httpx2.AsyncClient, person: Person
) -> None:
    await Passkey.create(id="khoa", person=person, public_key=b"", created_at=START)
    async with server.browser() as other:
        await sign_in(services_in(server), other, person)
        await browser.delete("/identity/passkeys/khoa")
        assert (await other.get("/identity/me")).status_code == 401
    assert (await browser.get("/identity/me")).status_code == 200


async def test_keys_of_another_are_unknown(browser: httpx2.AsyncClient, person: Person) -> None:
    other = await make_person("nguoi-khac")
    await Passkey.create(id="khoa", person=other, public_key=b"", created_at=START)
    assert (await browser.delete("/identity/passkeys/khoa")).json()["code"] == "passkey-unknown"
    named = await browser.put("/identity/passkeys/khoa", json={"name": "x"})
    assert named.json()["code"] == "passkey-unknown"
    assert (await Passkey.get(id="khoa")).revoked_at is None


async def test_keys_ask_for_a_fresh_sign_in(
    browser: httpx2.AsyncClient, person: Person, clock: FixedClock
) -> None:
    clock.move(timedelta(minutes=15))
    assert (await browser.post("/identity/passkeys/options")).status_code == 200
    clock.move(timedelta(seconds=1))
    for answer in (
        await browser.post("/identity/passkeys/options"),
        await browser.post("/identity/passkeys", json={"credential": {}}),
        await browser.delete("/identity/passkeys/khoa"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "sign-in-again")
        assert answer.json()["minutes"] == 15


async def test_logins_are_listed_and_ended_by_name(
    server: Running, browser: httpx2.AsyncClient, person: Person
) -> None:
    async with server.browser() as other:
        await sign_in(services_in(server), other, person)
        listed = (await browser.get("/identity/logins")).json()
        assert sorted(one["isThis"] for one in listed) == [False, True]
        (name,) = [one["id"] for one in listed if not one["isThis"]]
        digests = await Login.all().values_list("token_digest", flat=True)
        assert not any(name in digest for digest in digests)
        assert (await browser.delete(f"/identity/logins/{name}")).status_code == 204
        assert (await other.get("/identity/me")).status_code == 401
        again = await browser.delete(f"/identity/logins/{name}")
        assert again.json()["code"] == "login-unknown"


async def test_role_given_later_ends_an_old_login(
    browser: httpx2.AsyncClient, person: Person, clock: FixedClock
) -> None:
    clock.move(timedelta(days=8))
    assert (await browser.get("/identity/me")).status_code == 200
    await Appointment.filter(person_id=person.id).update(role="clerk")
    assert (await browser.get("/identity/me")).status_code == 401


async def test_signing_in_and_out_is_in_the_log(
    server: Running, browser: httpx2.AsyncClient, person: Person
) -> None:
    await browser.delete("/identity/login")
    event = await Event.get(name="person.signed_out")
    assert (event.actor_id, event.actor_role, event.data) == (person.id, "officer", {"way": "code"})
