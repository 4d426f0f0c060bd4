"""A started server with a published procedure, and a phone that talks to it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.services import Services
from tests.support.application import Running
from tests.support.mutations import envelope, publish
from tests.support.people import make_communes, services_in
from tests.support.phones import Phone


class Post:
    """The way between phones and the server: `send` gives the reply to one sync."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.services: Services = services_in(server)
        self.browser = server.browser()

    def envelope(self, phone: Phone, payload: dict[str, Any]) -> dict[str, str]:
        return envelope(self.services.keyring, phone, payload)

    async def sync(self, **request: Any) -> dict[str, Any]:
        answer = await self.browser.post("/sync", json={"v": 1, "language": "vi", **request})
        assert answer.status_code == 200, answer.text
        reply: dict[str, Any] = answer.json()
        return reply

    async def send(self, phone: Phone, *payloads: dict[str, Any]) -> list[dict[str, Any]]:
        """Verdicts on mutations that the phone sends for itself."""
        envelopes = [self.envelope(phone, payload) for payload in payloads]
        reply = await self.sync(envelopes=envelopes, device=phone.claim("none"))
        verdicts: list[dict[str, Any]] = reply["verdicts"]
        return verdicts

    async def read(self, phone: Phone, cursor: str | None = None) -> dict[str, Any]:
        """What the phone may see since a cursor, proving that it holds its key."""
        nonce = (await self.sync(device=phone.claim("none")))["nonce"]
        claim = phone.claim(nonce, cursor or "")
        return await self.sync(device=claim, **({"cursor": cursor} if cursor else {}))


@pytest.fixture
async def post(server: Running) -> AsyncIterator[Post]:
    await make_communes()
    await publish()
    way = Post(server)
    yield way
    await way.browser.aclose()


@pytest.fixture
def phone() -> Phone:
    return Phone()
