"""Middleware around every answer: protective headers, and the bell after a change.

Both are plain ASGI, so that streamed uploads and downloads pass through untouched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .origin import SAFE_METHODS

# Hashes and `self` alone: a page replayed from the phone's cache would repeat a nonce for ever.
WORKER_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; "
    "worker-src 'self'; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
# In pages no text becomes script or markup: what names a script goes through the app's one policy
# (`pwa/shell/trusted.ts`). Workers have no page to inject into and load what `self` allows.
POLICY = f"{WORKER_POLICY}; require-trusted-types-for 'script'; trusted-types default"
# The worker that makes PINs dear to guess may compile WebAssembly, and nothing else may.
STRETCHER_POLICY = f"{WORKER_POLICY}; script-src 'self' 'wasm-unsafe-eval'"
PROTECTION = {
    "content-security-policy": POLICY,
    # Not no-referrer: with that, browsers send `Origin: null` from our own forms.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(self), "
    "payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


class ProtectiveHeaders:
    """Adds `PROTECTION` to every answer that does not say otherwise itself."""

    def __init__(self, app: ASGIApp, is_secure: bool) -> None:
        self.app = app
        self.headers = dict(PROTECTION)
        if is_secure:
            self.headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_protected)


class RingAfterChange:
    """Wakes the worker once a changing request is done, so that it need not poll fast."""

    def __init__(self, app: ASGIApp, bell: Callable[[Scope], asyncio.Event]) -> None:
        self.app = app
        self.bell = bell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        try:
            await self.app(scope, receive, send)
        finally:
            if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
                self.bell(scope).set()
