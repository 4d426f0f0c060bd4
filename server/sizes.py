"""Middleware that bounds what may be sent to each address, whatever its handler would read.

A route reads its own body with its own, often smaller bound (`http.read_json`); this one holds for
all, also for forms and for routes that forget. Plain ASGI: bodies are counted as they stream.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import Problem
from .http import problem_response

KIB = 1024
USUAL = 64 * KIB
# The first prefix that fits. Bytes of one request's body; a rescue file holds dossiers with pages,
# an uploaded form brings its lists, pictures and sounds.
LIMITS = (
    ("/desk/rescue", 257 * KIB * KIB),
    ("/desk/forms/new", 48 * KIB * KIB),
    ("/desk/dossiers/", 1024 * KIB),
    ("/uploads", 9 * 1024 * KIB),
    ("/sync", 4 * 1024 * KIB),
    ("/", USUAL),
)


def limit_of(path: str) -> int:
    """How many bytes a request to `path` may bring."""
    return next(limit for prefix, limit in LIMITS if path.startswith(prefix))


class BoundedBodies:
    """Answers `request-too-large` to a body that says it is, or turns out to be, too large."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = limit_of(scope["path"])
        too_large = Problem("request-too-large", {"limit": limit})
        declared = Request(scope).headers.get("content-length", "0")
        if not declared.isdigit() or int(declared[:20]) > limit:
            await problem_response(Request(scope), too_large)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                # Raised inside the handler that reads, and answered as any problem is.
                raise too_large
            return message

        await self.app(scope, counted, send)
