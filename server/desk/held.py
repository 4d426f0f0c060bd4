"""Held dossiers:

sent from a phone that is unknown or no longer trusted. A clerk looks and decides.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..dossiers.models import Dossier
from ..dossiers.numbering import code_of
from ..errors import Problem
from ..services import services_of
from ..sync import held
from . import two_versions
from .asking import at_desk, place_of, procedure_names
from .inputs import posted, text
from .rendering import language_of, page
from .wording import moment
from .words import say

REASONS = {
    "device-revoked": "held-revoked",
    "helper-unproven": "held-helper",
    "dossier-exists": "held-beside",
}


async def show(request: Request, *, fault: str = "", status: int = 200) -> Response:
    """What waits for a decision in the visitor's communes."""
    desk = await at_desk(request)
    if not any(desk.visitor.may("decide", role.commune) for role in desk.visitor.roles):
        raise Problem("not-allowed")
    language = language_of(request)
    found = await held.waiting(desk)
    there = Dossier.filter(id__in=[one.mutation.dossier_id for one in found])
    taken = {one.id: one.commune_code for one in await there}
    names = await procedure_names({one.opened.payload.procedure for one in found}, language)
    return page(
        request,
        "held.html",
        desk.visitor,
        {
            "items": [
                {
                    "id": str(one.mutation.id),
                    "applicant": one.opened.payload.applicant.name,
                    "helper": one.opened.payload.helper.name if one.opened.payload.helper else "",
                    "procedure": names[one.opened.payload.procedure],
                    "reason": say(REASONS.get(one.mutation.reason, "held-unknown"), language),
                    "code": code_of(one.mutation.dossier_id),
                    "at": moment(one.mutation.received_at),
                    "beside": (
                        f"/desk/held/{one.mutation.id}"
                        if desk.visitor.may("decide", taken.get(one.mutation.dossier_id, "-"))
                        and one.mutation.kind == "dossier.submit"
                        else ""
                    ),
                }
                for one in found
            ]
        },
        place=await place_of(desk, "decide"),
        fault=fault,
        status=status,
    )


async def decide(request: Request) -> Response:
    """Accept, which files the dossier as if it came now, join it to the one that is there, or
    reject it with a reason.
    """
    desk = await at_desk(request)
    language = language_of(request)
    form = await posted(request)
    mutation = two_versions.mutation_id(request)
    if text(form, "decision") == "join":
        joined = await two_versions.join(request, form)
        if isinstance(joined, Response):
            return joined
        return RedirectResponse(f"/desk/dossiers/{joined}?done=join", 303)
    try:
        if text(form, "decision") == "accept":
            storage = services_of(request).keyring.storage
            dossier = await held.accept(desk, mutation, storage)
            return RedirectResponse(f"/desk/dossiers/{dossier.id}?done=accept", 303)
        reason = text(form, "reason", say("reason", language))
        await held.reject(desk, mutation, reason)
    except Problem as problem:
        if problem.code in ("dossier-unknown", "not-allowed"):
            raise
        return await show(request, fault=problem.sentence(language), status=problem.status)
    return RedirectResponse("/desk/held?done=reject", 303)
