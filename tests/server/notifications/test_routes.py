"""Push from end to end: subscribe over HTTP, a fact happens, the browser opens the message."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from server.app import application
from server.clock import FixedClock
from server.database import transaction
from server.events import SYSTEM, append
from server.identity import devices
from server.notifications.models import OutboxMessage, Subscription
from server.settings import Settings
from tests.support.application import START, Running, running, test_settings
from tests.support.dossiers import make_dossier
from tests.support.people import make_person, services_in, sign_in
from tests.support.phones import Phone
from tests.support.push_service import PushService, push_service


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as started:
        yield started


@pytest.fixture
def settings(tmp_path: Path, migrated_url: str, service: PushService) -> Settings:
    return test_settings(tmp_path / "data", migrated_url, PUSH_HOSTS=service.host)


@pytest.fixture
async def server(settings: Settings, clock: FixedClock) -> AsyncIterator[Running]:
    async with running(application(settings, clock)) as started:
        yield started


def nonce(server: Running, phone: Phone) -> str:
    return devices.nonce(services_in(server).keyring.secret, phone.id, START)


async def settled(count: int) -> list[OutboxMessage]:
    for _ in range(200):
        done = await OutboxMessage.filter(state__in=["sent", "failed"]).order_by("event_seq")
        if len(done) >= count:
            return done
        await asyncio.sleep(0.02)
    raise AssertionError(f"{count} messages were not settled: {await OutboxMessage.all().values()}")


async def happen(server: Running, name: str, phone: Phone) -> str:
    async with transaction() as connection:
        dossier = await make_dossier(device_id=phone.id)
        await append(connection, name, SYSTEM, START, dossier_id=dossier.id)
    services_in(server).changed.set()
    return str(dossier.id)


async def test_citizen_without_account_gets_the_news_of_their_dossier(
    server: Running, browser: httpx2.AsyncClient, service: PushService
) -> None:
    phone, push = Phone(), service.browser()
    for _ in range(2):
        answer = await browser.post(
            "/push/subscriptions",
            json={
                "subscription": push.subscription,
                "device": phone.claim(nonce(server, phone)),
                "language": "vi",
            },
        )
        assert answer.status_code == 204
    assert await Subscription.all().count() == 1
    dossier = await happen(server, "dossier.received", phone)
    (message,) = await settled(1)
    assert message.state == "sent"
    ((_, body),) = service.received
    assert json.loads(push.open(body)) == {"v": 1, "kind": "dossier", "dossier": dossier}


async def test_own_step_of_the_citizen_is_not_pushed(
    server: Running, browser: httpx2.AsyncClient, service: PushService
) -> None:
    phone = Phone()
    await browser.post(
        "/push/subscriptions",
        json={
            "subscription": service.browser().subscription,
            "device": phone.claim(nonce(server, phone)),
        },
    )
    await happen(server, "dossier.submitted", phone)
    await happen(server, "dossier.received", phone)
    await settled(1)
    assert len(service.received) == 1


async def test_gone_endpoint_is_forgotten(
    server: Running, browser: httpx2.AsyncClient, service: PushService
) -> None:
    phone = Phone()
    await browser.post(
        "/push/subscriptions",
        json={
            "subscription": service.browser().subscription,
            "device": phone.claim(nonce(server, phone)),
        },
    )
    service.status = 410
    await happen(server, "dossier.received", phone)
    (message,) = await settled(1)
    assert message.state == "failed"
    assert await Subscription.all().count() == 0


async def test_signed_in_person_subscribes_without_a_device(
    server: Running, browser: httpx2.AsyncClient, service: PushService
) -> None:
    person = await make_person(role="officer")
    await sign_in(services_in(server), browser, person)
    answer = await browser.post(
        "/push/subscriptions", json={"subscription": service.browser().subscription}
    )
    assert answer.status_code == 204
    assert (await Subscription.get()).person_id == person.id


async def test_nobody_in_particular_is_not_subscribed(
    browser: httpx2.AsyncClient, service: PushService
) -> None:
    answer = await browser.post(
        "/push/subscriptions", json={"subscription": service.browser().subscription}
    )
    assert answer.json()["code"] == "sign-in-required"
    assert await Subscription.all().count() == 0


async def test_device_of_another_is_not_claimed(
    server: Running, browser: httpx2.AsyncClient, service: PushService
) -> None:
    phone, thief = Phone(), Phone()
    given = nonce(server, phone)
    for claim in (
        {**phone.claim(given), "proof": thief.proof(given)},
        {**phone.claim(given), "key": "not base64!"},
    ):
        answer = await browser.post(
            "/push/subscriptions",
            json={"subscription": service.browser().subscription, "device": claim},
        )
        assert answer.json()["code"] == "signature-invalid"
    assert await Subscription.all().count() == 0


@pytest.mark.parametrize(
    ("endpoint", "p256dh"),
    [
        ("http://169.254.169.254/latest", None),
        ("https://evil.example/x", None),
        (None, "AAAA"),
        (None, "not base64!"),
    ],
)
async def test_endpoint_or_keys_that_do_not_fit_are_refused(
    server: Running,
    browser: httpx2.AsyncClient,
    service: PushService,
    endpoint: str | None,
    p256dh: str | None,
) -> None:
    phone, wanted = Phone(), service.browser().subscription
    wanted["endpoint"] = endpoint or wanted["endpoint"]
    wanted["keys"]["p256dh"] = p256dh or wanted["keys"]["p256dh"]
    answer = await browser.post(
        "/push/subscriptions",
        json={"subscription": wanted, "device": phone.claim(nonce(server, phone))},
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "push-endpoint-refused"
    assert await Subscription.all().count() == 0


async def test_unsubscribing_twice_is_done(
    server: Running, browser: httpx2.AsyncClient, service: PushService
) -> None:
    phone, push = Phone(), service.browser()
    await browser.post(
        "/push/subscriptions",
        json={"subscription": push.subscription, "device": phone.claim(nonce(server, phone))},
    )
    for _ in range(2):
        answer = await browser.request(
            "DELETE", "/push/subscriptions", json={"subscription": push.subscription}
        )
        assert answer.status_code == 204
    assert await Subscription.all().count() == 0
