"""Web Push against a service on the loopback that opens what it gets."""

import json
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from server import base64url
from server.identity.devices import is_signed
from server.keyring import SigningKey
from server.notifications.models import Subscription
from server.notifications.web_push import (
    PushSender,
    WebPush,
    judge,
    wait_of,
)
from server.settings import read
from tests.support.application import START
from tests.support.push_service import Browser, PushService, push_service

HOSTS = read({}).push_hosts
PAYLOAD = {"v": 1, "kind": "dossier", "dossier": "8f2f9c6e-0000-4000-8000-000000000000"}


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as running:
        yield running


@pytest.fixture
def key() -> SigningKey:
    return SigningKey("push", ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
async def sender(service: PushService, key: SigningKey) -> AsyncIterator[PushSender]:
    async with WebPush(key, "mailto:push@localhost", [service.host]) as sender:
        yield sender


def row(browser: Browser) -> Subscription:
    keys = browser.subscription["keys"]
    return Subscription(id="one", endpoint=browser.endpoint, created_at=START, **keys)


async def test_browser_opens_what_was_sent(service: PushService, sender: PushSender) -> None:
    browser = service.browser()
    assert (await sender.post(row(browser), PAYLOAD)).kind == "sent"
    ((headers, body),) = service.received
    assert json.loads(browser.open(body)) == PAYLOAD
    assert b"dossier" not in body
    assert headers["Content-Encoding"] == "aes128gcm"
    assert int(headers["TTL"]) == 2 * 86_400
    assert len(headers["Topic"]) == 32


async def test_each_service_gets_a_claim_of_its_own_signed_by_our_key(
    service: PushService, key: SigningKey
) -> None:
    async with (
        push_service() as second,
        WebPush(
            key,
            "mailto:push@localhost",
            [
                service.host,
                second.host,
            ],
        ) as sender,
    ):
        for where in (service, second):
            await sender.post(row(where.browser()), PAYLOAD)
            authorization = where.received[0][0]["Authorization"]
            fields = dict(part.strip().split("=", 1) for part in authorization[6:].split(","))
            assert base64url.decode(fields["k"]) == key.point
            signed, _, signature = fields["t"].rpartition(".")
            assert is_signed(key.point, base64url.decode(signature), signed.encode())
            claims = json.loads(base64url.decode(signed.split(".")[1]))
            assert claims["aud"] == f"http://{where.host}"
            assert claims["sub"] == "mailto:push@localhost"


async def test_newer_news_of_a_dossier_takes_the_place_of_older(
    service: PushService, sender: PushSender
) -> None:
    for payload in (PAYLOAD, PAYLOAD, {**PAYLOAD, "dossier": "another"}):
        await sender.post(row(service.browser()), payload)
    first, second, third = (headers["Topic"] for headers, _ in service.received)
    assert first == second != third


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (201, "sent"),
        (404, "gone"),
        (410, "gone"),
        (400, "refused"),
        (413, "refused"),
        (302, "refused"),
        (429, "later"),
        (500, "later"),
        (503, "later"),
    ],
)
async def test_answer_of_the_service_decides(
    service: PushService, sender: PushSender, status: int, kind: str
) -> None:
    service.status = status
    assert (await sender.post(row(service.browser()), PAYLOAD)).kind == kind


async def test_wait_the_service_asks_for_is_told(service: PushService, sender: PushSender) -> None:
    service.status, service.headers = 429, {"Retry-After": "120"}
    outcome = await sender.post(row(service.browser()), PAYLOAD)
    assert (outcome.kind, outcome.retry_after) == ("later", timedelta(minutes=2))


async def test_redirect_is_not_followed(service: PushService, sender: PushSender) -> None:
    service.status = 307
    service.headers = {"Location": f"http://{service.host}/push/elsewhere"}
    assert (await sender.post(row(service.browser()), PAYLOAD)).kind == "refused"
    assert len(service.received) == 1


async def test_service_that_is_down_is_tried_later(key: SigningKey) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    async with WebPush(key, "mailto:push@localhost", [host]) as sender:
        assert (await sender.post(row(Browser(f"http://{host}/x")), PAYLOAD)).kind == "later"


async def test_keys_nothing_can_be_encrypted_to_are_not_tried_again(
    service: PushService, sender: PushSender
) -> None:
    subscription = row(service.browser())
    subscription.p256dh = "AAAA"
    assert (await sender.post(subscription, PAYLOAD)).kind == "refused"
    assert service.received == []


async def test_host_no_longer_allowed_is_not_called(service: PushService, key: SigningKey) -> None:
    async with WebPush(key, "mailto:push@localhost", HOSTS) as sender:
        assert (await sender.post(row(service.browser()), PAYLOAD)).kind == "gone"
    assert service.received == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 0),
        ("", 0),
        ("90", 90),
        ("99999999999", 86_400),
        ("Sun, 22 Nov 2026 01:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 00:00:00 GMT", 0),
        ("Sun, 22 Nov 2026 01:01:00", 0),
        ("soon", 0),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(header: str | None, seconds: int) -> None:
    now = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert wait_of(header, now) == timedelta(seconds=seconds)


def test_message_never_posted_is_not_tried_again() -> None:
    assert judge(None, None, "", START).kind == "refused"


async def test_sender_that_is_not_open_says_so(key: SigningKey) -> None:
    with pytest.raises(RuntimeError):
        await WebPush(key, "mailto:x@localhost", []).post(
            row(Browser("https://fcm.googleapis.com/x")), PAYLOAD
        )
