"""A push service on the loopback that keeps what it gets and opens it as a browser would."""

import contextlib
import os
from collections.abc import AsyncIterator
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from multidict import CIMultiDict

from server import base64url
from server.keyring import point_of


class Browser:
    """The browser's half of a subscription: a key, a secret, and opening what was sealed to it."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)

    @property
    def subscription(self) -> dict[str, Any]:
        """As `PushSubscription.toJSON()` gives it."""
        return {
            "endpoint": self.endpoint,
            "expirationTime": None,
            "keys": {
                "p256dh": base64url.encode(point_of(self.key)),
                "auth": base64url.encode(self.secret),
            },
        }

    def open(self, body: bytes) -> str:
        """The text inside a received message."""
        plain: bytes = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"
        )
        return plain.decode()


class PushService:
    """What arrived at `/push/<name>`, and what the service answers: 201 unless told otherwise."""

    def __init__(self) -> None:
        self.host = ""
        self.received: list[tuple[CIMultiDict[str], bytes]] = []
        self.status = 201
        self.headers: dict[str, str] = {}

    def browser(self, name: str = "one") -> Browser:
        """A browser subscribed here."""
        return Browser(f"http://{self.host}/push/{name}")

    async def take(self, request: web.Request) -> web.Response:
        """Keep one message."""
        self.received.append((request.headers.copy(), await request.read()))
        return web.Response(status=self.status, headers=self.headers)


@contextlib.asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    """A running push service on a free loopback port."""
    service = PushService()
    app = web.Application()
    app.router.add_post("/push/{name}", service.take)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        service.host = f"127.0.0.1:{port}"
        yield service
    finally:
        await runner.cleanup()
