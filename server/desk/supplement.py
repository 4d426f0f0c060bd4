"""Asking for a supplement: the very questions and pages are marked, each with a word about it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..audit import reads
from ..dossiers import actions, queries
from ..errors import Problem
from .answers import sections_of
from .asking import at_desk, dossier_id, place_of
from .inputs import Marks, marks, posted
from .rendering import language_of, page
from .words import say


async def show(
    request: Request, given: Marks | None = None, *, fault: str = "", status: int = 200
) -> Response:
    """Every question with a box to mark it; `given` is what was posted and not yet accepted."""
    desk = await at_desk(request)
    language = language_of(request)
    found = await queries.whole(desk, dossier_id(request))
    if "ask_supplement" not in found.verbs:
        raise Problem("not-allowed")
    dossier = found.dossier
    await reads.record(desk.visitor, dossier, desk.now)
    items = given.items if given else []
    return page(
        request,
        "mark.html",
        desk.visitor,
        {
            "dossier": {
                "url": f"/desk/dossiers/{dossier.id}",
                "applicant": dossier.applicant_name,
                "version": given.version if given else dossier.version,
                "sections": await sections_of(request, dossier, language, with_unanswered=True),
            },
            "was_asked": bool(found.supplements),
            "marked": {item["path"] for item in items},
            "notes": {item["path"]: item.get("note", "") for item in items},
            "sentence": given.sentence if given else "",
        },
        place=await place_of(desk),
        fault=fault,
        status=status,
    )


async def ask(request: Request) -> Response:
    """Send the request; what was marked is kept on the page when something is missing."""
    desk = await at_desk(request)
    language = language_of(request)
    identifier = dossier_id(request)
    given = marks(await posted(request))
    try:
        if not given.items:
            return await show(request, given, fault=say("marks-none", language), status=422)
        if not given.sentence:
            raise Problem("input-missing", {"field": say("sentence", language)})
        await actions.ask_supplement(desk, identifier, given.version, given.sentence, given.items)
    except Problem as problem:
        if problem.code in ("dossier-unknown", "not-allowed"):
            raise
        return await show(request, given, fault=problem.sentence(language), status=problem.status)
    return RedirectResponse(f"/desk/dossiers/{identifier}?done=ask_supplement", 303)
