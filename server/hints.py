"""What the page of an address will ask for at once, named in the header of its answer.

The browser then asks for it beside the scripts instead of after they have come and run: far from a
mast every request that waits for another costs nearly half a second. Only who opens the page is
told: the worker fetches it too, to keep it, and what is kept must not ask for anything by itself.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request

from .forms.models import FormVersion, Procedure

Hint = Callable[[Request], Awaitable[list[str]]]
PREVIEW = re.compile(r"/preview/([0-9a-f]{64})/?")
PROCEDURE = re.compile(r"/procedures/([^/]{1,20})/?")


async def data_of(request: Request) -> list[str]:
    """Addresses of the data that the screen of a request shows first; empty where none is known."""
    path = request.url.path
    if match := PREVIEW.fullmatch(path):
        return await _form(match[1])
    if match := PROCEDURE.fullmatch(path):
        found = await Procedure.get_or_none(code=match[1], is_open=True)
        return ["/catalogue", *(await _form(found.form_digest) if found else [])]
    return ["/catalogue"] if path in ("/", "/procedures") else []


async def _form(digest: str) -> list[str]:
    """A form and its lists."""
    found = await FormVersion.filter(digest=digest).values_list("resources", flat=True)
    if not found:
        return []
    return [f"/forms/{digest}.json", *(f"/resources/{one}.json" for one in found[0])]
