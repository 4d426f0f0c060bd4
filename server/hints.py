"""What the page of an address will ask for at once, named in the header of its answer.

The browser then asks for it beside the scripts instead of after they have come and run: far from a
mast every request that waits for another costs nearly half a second. Only who opens the page is
told: the worker fetches it too, to keep it, and what is kept must not ask for anything by itself.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request

from .forms.models import FormVersion, Procedure
from .forms.routes import form_content, list_content

Hint = Callable[[Request], Awaitable[list[str]]]
PROCEDURE = re.compile(r"/procedures/([^/]{1,20})/?")


async def data_of(request: Request) -> list[str]:
    """Addresses of the data that the screen of a request shows first; empty where none is known."""
    path = request.url.path
    if match := PROCEDURE.fullmatch(path):
        found = await Procedure.get_or_none(code=match[1], is_open=True)
        return ["/catalogue", *(await _form(found.form_digest) if found else [])]
    return ["/catalogue"] if path in ("/", "/procedures") else []


async def files_of(digest: str) -> dict[str, bytes]:
    """A form to try and its lists, by digest; empty when there is no such form."""
    form = await form_content(digest)
    if form is None:
        return {}
    named = msgspec.json.decode(form, type=_Named).instances.values()
    digests = dict.fromkeys(one.resource for one in named if one.resource)
    lists = {one: await list_content(one) for one in digests}
    return {digest: form, **{one: content for one, content in lists.items() if content}}


class _Instance(msgspec.Struct):
    resource: str | None = None


class _Named(msgspec.Struct):
    instances: dict[str, _Instance] = {}


async def _form(digest: str) -> list[str]:
    """A form and its lists."""
    found = await FormVersion.filter(digest=digest).values_list("resources", flat=True)
    if not found:
        return []
    return [f"/forms/{digest}.json", *(f"/resources/{one}.json" for one in found[0])]
