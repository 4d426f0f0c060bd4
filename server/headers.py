"""Middleware around every answer: protective headers, the check against foreign sites, the bell.

All three are plain ASGI, so that streamed uploads and downloads pass through untouched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import Problem
from .http import problem_response
from .settings import Settings

# Hashes and `self` alone: a page replayed from the phone's cache would repeat a nonce for ever.
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
PROTECTION = {
    "content-security-policy": POLICY,
    # Not no-referrer: with that, browsers send `Origin: null` from our own forms.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ProtectiveHeaders:
    """Adds `PROTECTION` to every answer that does not say otherwise itself."""

    def __init__(self, app: ASGIApp, is_secure: bool) -> None:
        self.app = app
        self.headers = dict(PROTECTION)
        if is_secure:
            self.headers["strict-transport-security"] = "max-age=31536000"

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


class OwnOrigin:
    """Refuses changes asked for by another site's page (`origin-forbidden`).

    Programs send neither Origin nor cookie and pass; a browser always tells where it is.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if (
            scope["type"] == "http"
            and scope["method"] not in SAFE_METHODS
            and not is_own(HTTPConnection(scope), self.settings.origin)
        ):
            answer = problem_response(Request(scope), Problem("origin-forbidden"))
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_own(request: HTTPConnection, origin: str) -> bool:
    """Whether a changing request comes from our own pages or from a program without login."""
    headers = request.headers
    claimed = headers.get("origin")
    if claimed is None:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        if "referer" in headers:
            parts = urlsplit(headers["referer"])
            claimed = f"{parts.scheme}://{parts.netloc}"
    if claimed is None:
        return not request.cookies
    # The host asked for is also ours: the same server may be reached by more than one name, and
    # cookies are bound to the name.
    return claimed == origin or _host(claimed) == headers.get("host", "")


def _host(origin: str) -> str:
    return urlsplit(origin).netloc


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
