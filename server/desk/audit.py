"""The auditor's page: the event log by who did it, by dossier, and by the citizen it is about."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from ..audit.citizens import lines_about
from ..audit.queries import Line, lines
from ..audit.words import WORDS as EVENT_WORDS
from ..errors import Problem
from ..notifications.messages import words
from .asking import at_desk, place_of
from .inputs import posted, text
from .rendering import ROLE_WORDS, language_of, page, role_words
from .wording import moment
from .words import say

OTHERS = {"citizen": ("Công dân", "Citizen"), "system": ("Hệ thống", "System")}
# What an event's data adds for a reader; ids of people and passkeys are looked up elsewhere.
TOLD = (
    *("role", "way", "note", "decision", "assigneeName", "number", "state"),
    *("procedure", "procedures", "file"),
)


async def show(request: Request) -> Response:
    """`?person=`, `?dossier=`, `?page=`: all optional."""
    desk = await at_desk(request)
    language = language_of(request)
    asked = request.query_params
    person, dossier = (asked.get(key, "").strip()[:100] for key in ("person", "dossier"))
    given = asked.get("page", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    found, has_more = await lines(desk.visitor, person=person, dossier=dossier, page=number)

    def url(to: int) -> str:
        return f"/desk/audit?{urlencode({'person': person, 'dossier': dossier, 'page': to})}"

    return page(
        request,
        "audit.html",
        desk.visitor,
        {
            "person": person,
            "dossier": dossier,
            "citizen": "",
            "has_more": False,
            "items": [_line(one, language) for one in found],
            "previous": url(number - 1) if number > 1 else "",
            "next": url(number + 1) if has_more else "",
        },
        place=await place_of(desk, "audit"),
    )


async def show_citizen(request: Request) -> Response:
    """What was done with one citizen's dossiers. Posted: no number or name stands in addresses."""
    desk = await at_desk(request)
    language = language_of(request)
    citizen = text(await posted(request), "citizen", longest=100)
    fault, status = "", 200
    found: list[Line] = []
    has_more = False
    try:
        found, has_more = await lines_about(desk.visitor, citizen, desk.now)
    except Problem as problem:
        if problem.code == "not-allowed":
            raise
        fault, status = problem.sentence(language), problem.status
    return page(
        request,
        "audit.html",
        desk.visitor,
        {
            "person": "",
            "dossier": "",
            "citizen": citizen,
            "items": [_line(one, language) for one in found],
            "previous": "",
            "next": "",
            "has_more": has_more,
        },
        place=await place_of(desk, "audit"),
        fault=fault,
        status=status,
    )


def event_words(name: str, language: str) -> str:
    """An event as an auditor reads it."""
    if name in EVENT_WORDS:
        return EVENT_WORDS[name][language == "en"]
    return words(name, language).title


def who(role: str, language: str) -> str:
    """A role of the log, those without an account included."""
    if role in OTHERS:
        return OTHERS[role][language == "en"]
    return role_words(role, language) if role in ROLE_WORDS else role


def _line(line: Line, language: str) -> dict[str, Any]:
    event = line.event
    given = [event.data[key] for key in TOLD if event.data.get(key)]
    facts = [", ".join(map(str, one)) if isinstance(one, list) else str(one) for one in given]
    return {
        "seq": event.seq,
        "at": moment(event.at),
        "words": event_words(event.name, language),
        "who": who(event.actor_role, language),
        "name": event.actor_name,
        "code": line.code,
        "url": f"/desk/dossiers/{event.dossier_id}" if event.dossier_id else "",
        "commune": event.commune_code or say("everywhere", language),
        "facts": " · ".join(facts),
    }
