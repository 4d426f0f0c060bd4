"""The page of `/preview/<digest>`: one form to try, for who opens nothing but its link.

Everything comes with the page, script, style, form and lists: far from a mast each request that
waits for another costs nearly half a second. Style and script are allowed by their digests alone;
what the page shows of the form stands in it as data, which no browser runs.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping

import brotli  # type: ignore[import-untyped]  # ships no types
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from .forms.routes import DIGEST, Bodies
from .headers import WORKER_POLICY
from .http import encoding_of

# Form and lists by digest; empty for a form that is not known.
Files = Callable[[str], Awaitable[Mapping[str, bytes]]]

PLACE = b"<!-- form -->"
# Bytes before compression: beyond them the lists are asked for by the page itself.
MOST_LISTS = 2**20
# A tenth larger than at best, for a hundredth of the work.
QUICKLY = 5


class TrialPage:
    """The built page, filled for each form and compressed once for everybody."""

    def __init__(self, page: bytes, files: Files | None) -> None:
        self.page = page
        self.files = files
        self.bodies = Bodies()
        self.packing: set[str] = set()
        self.etag = hashlib.sha256(page).hexdigest()[:16]
        self.policy = policy_of(page)

    async def answer(self, request: Request, digest: str) -> Response:
        """The page with the form in it; without, where there is no such form: it says so itself."""
        encoding = encoding_of(request)
        known = digest if DIGEST.fullmatch(digest) and self.files else ""
        headers = self._headers(known, encoding)
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body, after = await self._body(known, encoding)
        if body is None:
            headers = self._headers("", encoding)
            body, after = await self._body("", encoding)
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(
            body, headers=headers, media_type="text/html; charset=utf-8", background=after
        )

    async def _body(self, known: str, encoding: str) -> tuple[bytes | None, BackgroundTask | None]:
        """The page as it travels, and what is to be done once it is on its way."""
        if encoding != "br" or (known, encoding) in self.bodies.kept:
            return await self.bodies.get(known, encoding, lambda: self._filled(known)), None
        content = await self._filled(known)
        if content is None:
            return None, None
        # The smallest form takes the better part of a second: not while the first reader waits.
        after = None if known in self.packing else BackgroundTask(self._pack, known, content)
        return brotli.compress(content, mode=brotli.MODE_TEXT, quality=QUICKLY), after

    async def _pack(self, known: str, content: bytes) -> None:
        async def filled() -> bytes:
            return content

        self.packing.add(known)
        try:
            await self.bodies.get(known, "br", filled)
        finally:
            self.packing.remove(known)

    def _headers(self, known: str, encoding: str) -> dict[str, str]:
        """Headers of 200 and 304 alike: the browser puts those of the latter over what it kept."""
        return {
            "ETag": f'"{self.etag}-{known[:32]}-{encoding}"',
            "Vary": "Accept-Encoding",
            "Cache-Control": "no-cache",
            "Content-Security-Policy": self.policy,
        }

    async def _filled(self, digest: str) -> bytes | None:
        files = await self.files(digest) if digest and self.files else {}
        if digest and not files:
            return None
        lists = sum(len(content) for name, content in files.items() if name != digest)
        put = {n: c for n, c in files.items() if n == digest or lists <= MOST_LISTS}
        return self.page.replace(PLACE, b"\n".join(embedded(n, c) for n, c in put.items()))


def embedded(digest: str, content: bytes) -> bytes:
    """A JSON file as an element of the page, found by its digest (`pwa/shell/trial-filling.ts`)."""
    # In JSON this sign stands in texts alone; escaped, none can end the element or open another.
    data = content.replace(b"<", rb"\u003c")
    return b'<script type="application/json" id="file-%s">%s</script>' % (digest.encode(), data)


def policy_of(page: bytes) -> str:
    """What the page may run and show: its own style and script by digest, later parts by `self`."""
    return (
        f"{WORKER_POLICY}; script-src 'self' {_allowed(page, 'script')}; "
        f"style-src 'self' {_allowed(page, 'style')}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _allowed(page: bytes, element: str) -> str:
    """Digests of the texts of all such elements without attributes, as CSP names them."""
    tag = element.encode()
    found = re.findall(b"<%s>(.*?)</%s>" % (tag, tag), page, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(text).digest()).decode() for text in found)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
