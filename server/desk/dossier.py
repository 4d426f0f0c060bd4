"""One dossier: labelled answers beside its pages, its timeline, and the verbs of whoever looks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..attachments.media import family_of
from ..attachments.pages import open_page
from ..attachments.store import store_of
from ..audit import reads
from ..dossiers import actions, queries
from ..dossiers.actions import Desk
from ..dossiers.models import DossierPage
from ..dossiers.queries import Whole
from ..dossiers.timeline import Step
from ..errors import Problem
from ..forms.summary import Section
from ..identity.fresh import demand_fresh
from ..identity.models import Appointment, Person
from ..notifications.messages import words
from ..rights.consent import agreed_of
from ..services import services_of
from . import beside
from .answers import sections_of
from .asking import at_desk, dossier_id, place_of, procedure_names
from .inputs import person, posted, text, version
from .rendering import language_of, page, role_words
from .wording import clock_words, moment, size, span
from .words import say
from .worklist import TONES, due_of, state_words

# What a verb asks before it is done, and how its button looks.
ASKS = {
    "refuse": "reason",
    "stop": "reason",
    "send_back": "reason",
    "forward": "specialist",
    "propose": "note",
    "approve": "note",
    "finish": "note",
}
MAIN = frozenset({"receive", "forward", "propose", "approve", "finish", "return_result"})
SIMPLE = {
    "propose": actions.propose,
    "send_back": actions.send_back,
    "approve": actions.approve,
    "finish": actions.finish,
    "return_result": actions.return_result,
    "refuse": actions.refuse,
    "stop": actions.stop,
}


async def show(request: Request, *, fault: str = "", status: int = 200) -> Response:
    """One dossier; `?turn=<page>:<degrees>` turns a page where there is no JavaScript."""
    desk = await at_desk(request)
    language = language_of(request)
    found = await queries.whole(desk, dossier_id(request))
    await reads.record(desk.visitor, found.dossier, desk.now)
    specialists = await _specialists(found) if "forward" in found.verbs else []
    return page(
        request,
        "dossier.html",
        desk.visitor,
        {
            "dossier": await shown(request, desk, found, language),
            "verbs": [_verb(name, language) for name in found.verbs],
            "specialists": specialists,
            "alike": await beside.listed(desk, found, language),
            "may_claim": desk.visitor.may("claim", found.dossier.commune_code),
            "has_slip": found.dossier.received_at is not None,
        },
        place=await place_of(desk),
        fault=fault,
        status=status,
    )


async def act(request: Request) -> Response:
    """Do a verb, then show the dossier again; a refusal is said on the same page."""
    desk = await at_desk(request)
    language = language_of(request)
    identifier, verb = dossier_id(request), request.path_params["verb"].replace("-", "_")
    form = await posted(request)
    if verb == "approve":
        demand_fresh(request, desk.visitor)
    try:
        if verb == "receive":
            await actions.receive(desk, identifier, version(form))
        elif verb == "forward":
            chosen = person(form, say("choose-specialist", language))
            await actions.forward(desk, identifier, version(form), chosen, text(form, "reason"))
        elif verb == "return_result":
            await actions.return_result(desk, identifier, version(form))
        elif verb in SIMPLE:
            label = say("reason", language) if ASKS.get(verb) == "reason" else ""
            said = text(form, "reason", label)
            await SIMPLE[verb](desk, identifier, version(form), said)
        else:
            raise Problem("not-found")
    except Problem as problem:
        if problem.code in ("not-found", "dossier-unknown", "not-allowed"):
            raise
        return await show(request, fault=problem.sentence(language), status=problem.status)
    return RedirectResponse(f"/desk/dossiers/{identifier}?done={verb}", 303)


async def show_page(request: Request) -> Response:
    """A page of a dossier, opened for whoever may read it, in a sandbox of its own."""
    desk = await at_desk(request)
    try:
        page_id = uuid.UUID(request.path_params["page"])
    except ValueError:
        raise Problem("page-missing") from None
    found = await queries.page_of(desk, dossier_id(request), page_id)
    if found is None:
        raise Problem("page-missing")
    dossier = await actions.readable(desk.visitor, found.dossier_id)
    await reads.record(desk.visitor, dossier, desk.now, reads.PAGE, str(found.id))
    services = services_of(request)
    media_type, content = await open_page(store_of(request), services.keyring.storage, found)
    return as_file(media_type, content, found.name)


def as_file(media_type: str, content: bytes, name: str) -> Response:
    """A page as a browser may be given it: in a sandbox, and never taken for another kind."""
    return Response(
        content,
        media_type=media_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'; "
            "base-uri 'none'; img-src 'self' data:; "
            "style-src 'unsafe-inline'",
            # A document is saved: no viewer runs inside the sandbox.
            "Content-Disposition": f'attachment; filename="{name}"'
            if family_of(media_type) == "file"
            else "inline",
            "X-Content-Type-Options": "nosniff",
        },
    )


async def shown(request: Request, desk: Desk, found: Whole, language: str) -> dict[str, Any]:
    """A dossier as its pages show it."""
    dossier = found.dossier
    sections = await sections_of(request, dossier, language)
    names = await procedure_names({dossier.procedure_code}, language)
    assignee = await Person.get_or_none(id=dossier.assignee_id) if dossier.assignee_id else None
    asked = found.open_supplement
    agreed = await agreed_of(dossier.id)
    helper = ", ".join(part for part in (dossier.helper_name, dossier.helper_relation) if part)
    return {
        "id": str(dossier.id),
        "url": f"/desk/dossiers/{dossier.id}",
        "version": dossier.version,
        "number": dossier.number or "",
        "code": dossier.code,
        "applicant": dossier.applicant_name,
        "id_number": dossier.applicant_id_number,
        "phone": dossier.applicant_phone,
        "helper": helper,
        "assignee": assignee.name if assignee else "",
        "authority": agreed.authority,
        "helped_before": ", ".join(agreed.helped_before),
        "consent": say("consent-given", language, version=agreed.version, at=agreed.at[:10])
        if agreed.version
        else say("consent-missing", language),
        "procedure": names[dossier.procedure_code],
        "state": state_words(dossier, language),
        "tone": TONES.get(dossier.state, ""),
        "due": due_of(desk, dossier, found.days_left, language),
        "sections": _marked(sections, asked.items if asked else []),
        "supplement": asked,
        "pages": _pages(
            found.pages,
            sections,
            f"/desk/dossiers/{dossier.id}",
            request.query_params.get("turn", ""),
        ),
        "pages_received": sum(one.received_at is not None for one in found.pages),
        "timeline": [_step(step, str(dossier.id), language) for step in found.steps],
    }


def _marked(sections: Sequence[Section], items: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    marks = {item["path"]: item for item in items}
    return [
        {
            "title": section.title,
            "lines": [
                {
                    "label": line.label,
                    "value": line.value,
                    "note": marks.get(line.path, {}).get("note", ""),
                    "is_marked": line.path in marks,
                }
                for line in section.lines
                if not line.page or line.path in marks
            ],
        }
        for section in sections
        if any(not line.page or line.path in marks for line in section.lines)
    ]


def _pages(
    pages: Sequence[DossierPage], sections: Sequence[Section], url: str, turn: str
) -> list[dict[str, Any]]:
    labels = {line.path: line.label for section in sections for line in section.lines}
    places = {path: place for place, path in enumerate(labels)}
    turned, _, degrees = turn.partition(":")
    return [
        {
            "id": str(one.id),
            "label": labels.get(one.path, one.name),
            "size": size(one.size),
            "family": family_of(one.media_type),
            "url": f"{url}/pages/{one.id}",
            "has_arrived": one.received_at is not None,
            "turn": int(degrees)
            if turned == str(one.id) and degrees in ("90", "180", "270")
            else 0,
        }
        for one in sorted(pages, key=lambda one: places.get(one.path, len(places)))
    ]


def _step(step: Step, dossier: str, language: str) -> dict[str, str]:
    if step.role in ("citizen", "system"):
        who = {"citizen": ("Công dân", "Citizen"), "system": ("Hệ thống", "System")}[step.role]
        role = who[language == "en"]
    else:
        role = role_words(step.role, language)
    return {
        "words": words(step.event, language).title,
        "at": moment(step.at),
        "who": f"{role}: {step.name}" if step.name else role,
        "took": span(step.took, language) if step.took else "",
        "note": step.note or step.assignee,
        "clock": clock_words(step.skew, language),
        "compare": f"/desk/dossiers/{dossier}/conflicts/{step.mutation}" if step.mutation else "",
    }


def _verb(name: str, language: str) -> dict[str, str]:
    careful = name in ("refuse", "stop")
    return {
        "name": name,
        "path": name.replace("_", "-"),
        "label": say(name, language),
        "asks": ASKS.get(name, ""),
        "tone": "main" if name in MAIN else "careful" if careful else "",
    }


async def _specialists(found: Whole) -> list[Person]:
    """People of the dossier's commune to whom it may be forwarded."""
    commune = found.dossier.commune_code
    held = await Appointment.filter(role="specialist", commune_code=commune).prefetch_related(
        "person"
    )
    people = {one.person.id: one.person for one in held if one.person.is_active}
    return sorted(people.values(), key=lambda one: one.name)
