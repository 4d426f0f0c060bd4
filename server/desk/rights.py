"""People's rights over their data: a copy of it, and requests with their days."""

from __future__ import annotations

import uuid

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..clock import legal_day
from ..dossiers.actions import Desk
from ..errors import Problem
from ..identity.models import Commune
from ..identity.permissions import communes_for
from ..rights import export, requests
from .asking import at_desk, place_of
from .inputs import posted, text
from .rendering import language_of, page
from .wording import day, moment
from .words import say

HOME = "/desk/rights"


async def _desk(request: Request) -> tuple[Desk, frozenset[str]]:
    desk = await at_desk(request)
    communes = communes_for(desk.visitor.roles, "rights")
    if not communes:
        raise Problem("not-allowed")
    return desk, communes


async def show(request: Request, *, fault: str = "", status: int = 200) -> Response:
    """Requests of the visitor's communes, and where a copy is made."""
    desk, communes = await _desk(request)
    language, today = language_of(request), legal_day(desk.now)
    served = await Commune.filter(code__in=communes).order_by("name")
    return page(
        request,
        "rights.html",
        desk.visitor,
        {
            "communes": [(one.code, one.name) for one in served],
            "kinds": [(kind, say(f"rights-{kind}", language)) for kind in requests.DAYS],
            "items": [
                {
                    "id": str(one.id),
                    "kind": say(f"rights-{one.kind}", language),
                    "name": one.name,
                    "id_number": one.id_number,
                    "wish": one.wish,
                    "asked": moment(one.asked_at),
                    "reply_by": day(one.reply_by),
                    "done_by": day(one.done_by),
                    "is_late": one.closed_at is None and one.done_by < today,
                    "closed": moment(one.closed_at) if one.closed_at else "",
                    "outcome": one.outcome,
                }
                for one in await requests.of_visitor(desk.visitor)
            ],
        },
        place=await place_of(desk, "rights"),
        fault=fault,
        status=status,
    )


async def take_down(request: Request) -> Response:
    """Keep a request."""
    desk, _ = await _desk(request)
    form, language = await posted(request), language_of(request)
    try:
        await requests.take_down(
            desk.visitor,
            desk.working,
            desk.now,
            commune=text(form, "commune"),
            kind=text(form, "kind"),
            name=text(form, "name", say("full-name", language), longest=200),
            id_number=text(form, "id_number", say("id-number", language), longest=20),
            wish=text(form, "wish", say("rights-wish", language)),
        )
    except Problem as problem:
        if problem.code == "not-allowed":
            raise
        return await show(request, fault=problem.sentence(language), status=problem.status)
    return RedirectResponse(f"{HOME}?done=rights-request", 303)


async def close(request: Request) -> Response:
    """Answer a request."""
    desk, _ = await _desk(request)
    form, language = await posted(request), language_of(request)
    try:
        identifier = uuid.UUID(request.path_params["request"])
        outcome = text(form, "outcome", say("rights-outcome", language))
        await requests.close(desk.visitor, identifier, outcome, desk.now)
    except ValueError:
        raise Problem("request-unknown") from None
    except Problem as problem:
        return await show(request, fault=problem.sentence(language), status=problem.status)
    return RedirectResponse(f"{HOME}?done=rights-close", 303)


async def copy(request: Request) -> Response:
    """A person's data of the visitor's communes, as a file to save."""
    desk, communes = await _desk(request)
    form, language = await posted(request), language_of(request)
    try:
        number = text(form, "id_number", say("id-number", language), longest=20)
        found = await export.dossiers_of(number, communes)
        if not found:
            raise Problem("nothing-kept")
    except Problem as problem:
        return await show(request, fault=problem.sentence(language), status=problem.status)
    actor = desk.visitor.actor("rights", found[0].commune_code)
    document = await export.copy_of(found, actor, desk.now)
    content = msgspec.json.format(msgspec.json.encode(document), indent=2)
    return Response(
        content,
        media_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="hoso-{legal_day(desk.now)}.json"',
            "Cache-Control": "no-store",
        },
    )


routes: list[BaseRoute] = [
    Route(HOME, show, methods=["GET"]),
    Route(HOME, take_down, methods=["POST"]),
    Route(f"{HOME}/copy", copy, methods=["POST"]),
    Route(f"{HOME}/{{request}}", close, methods=["POST"]),
]
