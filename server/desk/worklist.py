"""The list of dossiers with its counts: what waits, what is urgent, what was found."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from ..clock import legal_day
from ..dossiers import queries
from ..dossiers.actions import Desk
from ..dossiers.models import Dossier
from ..dossiers.queries import PAGE, Row, Worklist
from ..dossiers.states import STAGES, STATES
from ..errors import Problem
from .asking import at_desk, place_of, procedure_names
from .rendering import language_of, page
from .wording import Due, due, moment
from .words import say

TONES = {
    "submitted": "attention",
    "supplement": "attention",
    "withdrawing": "attention",
    "refused": "danger",
    "stopped": "danger",
    "finished": "good",
    "returned": "good",
}
VIEW_WORDS = {"open": "all", "mine": "mine", "late": "late", "soon": "soon", "closed": "closed"}
# States whose count is always shown; the others appear when they hold something.
STEADY = ("submitted", "received", "processing", "supplement", "finished")


async def show(request: Request) -> Response:
    """`?view=`, `?state=`, `?search=`, `?page=`: all optional, unknown values mean the default."""
    desk = await at_desk(request)
    if not any(desk.visitor.may("read", held.commune) for held in desk.visitor.roles):
        raise Problem("not-allowed")
    language = language_of(request)
    asked = request.query_params
    search = asked.get("search", "").strip()[:100]
    state = asked.get("state", "") if asked.get("state") in STATES else ""
    view = asked.get("view", "") if asked.get("view") in VIEW_WORDS else "open"
    number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    found = await queries.worklist(desk, view=view, state=state, text=search, page=number)
    names = await procedure_names({row.dossier.procedure_code for row in found.rows}, language)
    heading = say(VIEW_WORDS[view], language)
    if search:
        heading = f"“{search}”"
    elif state:
        heading = STATES[state].label(language)
    return page(
        request,
        "worklist.html",
        desk.visitor,
        {
            "heading": heading,
            "total": found.total,
            "search": search,
            "counts": _counts(found, view, state, search, language),
            "rows": [_row(desk, row, names, language) for row in found.rows],
            "pager": _pager(found, number, {"view": view, "state": state, "search": search}),
        },
        place=await place_of(desk),
    )


def due_of(desk: Desk, dossier: Dossier, days_left: int | None, language: str) -> Due:
    """How the appointment of a dossier stands today."""
    return due(
        dossier.due_on,
        legal_day(desk.now),
        days_left or 0,
        is_paused=dossier.state == "supplement",
        is_over=days_left is None,
        language=language,
    )


def state_words(dossier: Dossier, language: str) -> str:
    """The official state; inside “being processed” the stage says more."""
    if dossier.stage in STAGES:
        return STAGES[dossier.stage][1 if language == "en" else 0]
    return STATES[dossier.state].label(language)


def _row(desk: Desk, row: Row, names: dict[str, str], language: str) -> dict[str, Any]:
    dossier = row.dossier
    missing = row.received_pages < row.total_pages
    return {
        "url": f"/desk/dossiers/{dossier.id}",
        "applicant": dossier.applicant_name,
        "number": dossier.number or dossier.code,
        "helper": dossier.helper_name,
        "procedure": names[dossier.procedure_code],
        "state": state_words(dossier, language),
        "tone": TONES.get(dossier.state, ""),
        "pages": say("pages-count", language, received=row.received_pages, total=row.total_pages)
        if missing
        else "",
        "due": due_of(desk, dossier, row.days_left, language),
        "sent": moment(dossier.submitted_at),
    }


def _counts(
    found: Worklist, view: str, state: str, search: str, language: str
) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = [
        {
            "label": say(words, language),
            "number": found.counts.by_view[name],
            "url": f"/desk/dossiers?view={name}",
            "tone": "late" if name == "late" and found.counts.by_view[name] else "",
            "is_current": not state and not search and view == name,
            "starts_group": False,
        }
        for name, words in VIEW_WORDS.items()
    ]
    states = [name for name in STATES if name in STEADY or found.counts.by_state.get(name)]
    lines += [
        {
            "label": STATES[name].label(language),
            "number": found.counts.by_state.get(name, 0),
            "url": f"/desk/dossiers?state={name}",
            "tone": "",
            "is_current": state == name,
            "starts_group": place == 0,
        }
        for place, name in enumerate(states)
    ]
    return lines


def _pager(found: Worklist, number: int, kept: dict[str, str]) -> dict[str, str]:
    def url(page_number: int) -> str:
        chosen = {name: value for name, value in kept.items() if value}
        return f"/desk/dossiers?{urlencode({**chosen, 'page': page_number})}"

    return {
        "previous": url(number - 1) if number > 1 else "",
        "next": url(number + 1) if number * PAGE < found.total else "",
    }
