"""Middleware against foreign sites: a change is taken from our own pages and from programs alone.

A browser sends the login cookie along with whatever any site makes it ask; so for methods that
change something, the page that asks must be ours. Plain ASGI: streamed uploads pass untouched.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import Problem
from .http import problem_response
from .settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


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
