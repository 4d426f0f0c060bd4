"""Compiled forms and their lists by digest: immutable, compressed once."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import brotli  # type: ignore[import-untyped]  # ships no types
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..errors import Problem
from ..http import encoding_of
from ..interface import operation
from . import media
from .models import FormResource, FormUploadFile, FormVersion

DIGEST = re.compile(r"[0-9a-f]{64}")
MAX_KEPT = 64
HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


class Bodies:
    """Compressed bytes by digest and encoding; few and immutable, so kept in memory."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def get(
        self, digest: str, encoding: str, fetch: Callable[[], Awaitable[bytes | None]]
    ) -> bytes | None:
        """Return the body in an encoding, fetched and compressed when it is not kept."""
        key = (digest, encoding)
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        content = await fetch()
        if content is None:
            return None
        if encoding:
            content = await asyncio.to_thread(COMPRESS[encoding], content)
        self.kept[key] = content
        while len(self.kept) > MAX_KEPT:
            self.kept.popitem(last=False)
        return content


def _brotli(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)
    return packed


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": _brotli,
    "gzip": lambda content: gzip.compress(content, 9, mtime=0),
}


def routes() -> list[BaseRoute]:
    """Return the routes, with a store of compressed bodies of their own."""
    bodies = Bodies()

    async def answer(request: Request, fetch: Callable[[str], Awaitable[bytes | None]]) -> Response:
        digest = request.path_params["digest"]
        if not DIGEST.fullmatch(digest):
            raise Problem("not-found")
        etag = f'"{digest}"'
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={**HEADERS, "ETag": etag})
        encoding = encoding_of(request)
        content = await bodies.get(digest, encoding, lambda: fetch(digest))
        if content is None:
            raise Problem("not-found")
        headers = {**HEADERS, "ETag": etag}
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(content, headers=headers, media_type="application/json")

    @operation(answer=dict[str, Any], problems=("not-found",))
    async def form(request: Request) -> Response:
        """The compiled form of a digest; never changes."""
        return await answer(request, form_content)

    @operation(problems=("not-found",))
    async def shown(request: Request) -> Response:
        """A picture, sound or film that forms name beside their words; never changes."""
        digest = request.path_params["digest"]
        name, content = await _shown(digest) if DIGEST.fullmatch(digest) else ("", b"")
        kind = media.type_of(name)
        if not kind:
            raise Problem("not-found")
        headers = {**HEADERS, "ETag": f'"{digest}"', "X-Content-Type-Options": "nosniff"}
        return Response(content, headers=headers, media_type=kind)

    @operation(answer=dict[str, Any], problems=("not-found",))
    async def resource(request: Request) -> Response:
        """A list that forms share, by digest; never changes."""
        return await answer(request, list_content)

    return [
        Route("/forms/{digest}.json", form, methods=["GET"]),
        Route("/resources/{digest}.json", resource, methods=["GET"]),
        Route("/media/{digest}", shown, methods=["GET"]),
    ]


# What is not published yet can be tried by whoever was given its digest, and filed by nobody.
async def form_content(digest: str) -> bytes | None:
    """The compiled form of a digest; none when there is no such form."""
    found = await FormVersion.get_or_none(digest=digest)
    return bytes(found.definition) if found else await _brought(digest, ("form",))


async def list_content(digest: str) -> bytes | None:
    """The list, or the words of a language, of a digest; none when there is no such file."""
    found = await FormResource.get_or_none(digest=digest)
    if found is None:
        return await _brought(digest, ("list", "words"))
    return None if media.type_of(found.name) else bytes(found.content)


async def _shown(digest: str) -> tuple[str, bytes]:
    """Return name and bytes; empty when there is no such file."""
    found: FormResource | FormUploadFile | None = await FormResource.get_or_none(digest=digest)
    found = found or await FormUploadFile.filter(digest=digest, kind="media").first()
    return (found.name, bytes(found.content)) if found else ("", b"")


async def _brought(digest: str, kinds: tuple[str, ...]) -> bytes | None:
    found = await FormUploadFile.filter(digest=digest, kind__in=kinds).first()
    return bytes(found.content) if found else None
