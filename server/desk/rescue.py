"""Rescue files brought to the desk: on a memory card, a stick, by chat.

What it holds goes the way of everything that phones send; the desk only carries it in. So nothing
of anybody is shown here, just code and verdict.
"""

from __future__ import annotations

import uuid
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..attachments.uploads import Uploads
from ..dossiers.actions import Desk
from ..dossiers.numbering import code_of
from ..errors import Problem
from ..sync.inbox import inbox_of
from ..sync.rescue import Brought, Rescue, take
from .asking import at_desk, place_of
from .rendering import language_of, page
from .words import say

MAX_FILE = 256 << 20
TONES = {"applied": "good", "repeated": "good", "held": "attention", "later": "attention"}


async def show(
    request: Request, *, rescue: Rescue | None = None, fault: str = "", status: int = 200
) -> Response:
    """The form, and what became of the file that was brought last."""
    desk = await _at_counter(request)
    language = language_of(request)
    fault = fault or (rescue.fault.sentence(language) if rescue and rescue.fault else "")
    return page(
        request,
        "rescue.html",
        desk.visitor,
        {"items": [_row(one, language) for one in rescue.brought] if rescue else None},
        place=await place_of(desk, "receive"),
        fault=fault,
        status=status,
    )


async def bring(request: Request) -> Response:
    """Take a file in. Bringing the same one again changes nothing."""
    await _at_counter(request)
    language = language_of(request)
    declared = request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > MAX_FILE:
        too_large = Problem("request-too-large", {"limit": MAX_FILE})
        return await show(request, fault=too_large.sentence(language), status=too_large.status)
    uploads: Uploads = request.state.uploads
    try:
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.size:
                raise Problem("input-missing", {"field": say("rescue-file", language)})
            rescue = await take(file.file, inbox_of(request), uploads, language)
    except Problem as problem:
        return await show(request, fault=problem.sentence(language), status=problem.status)
    return await show(request, rescue=rescue)


async def _at_counter(request: Request) -> Desk:
    """Raises `sign-in-required`, `not-allowed`."""
    desk = await at_desk(request)
    if not any(desk.visitor.may("receive", role.commune) for role in desk.visitor.roles):
        raise Problem("not-allowed")
    return desk


def _row(one: Brought, language: str) -> dict[str, Any]:
    total = len(one.digests)
    return {
        "code": code_of(uuid.UUID(one.dossier)),
        "tone": TONES.get(one.verdict, "danger"),
        "verdict": say(f"rescue-{one.verdict}", language),
        "reason": one.problem.sentence(language) if one.problem else "",
        "pages": say("rescue-pages", language, held=one.pages_held, total=total) if total else "",
    }


routes: list[BaseRoute] = [
    Route("/desk/rescue", show, methods=["GET"]),
    Route("/desk/rescue", bring, methods=["POST"]),
]
