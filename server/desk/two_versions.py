"""A dossier and a second version of it that waits: what differs side by side, and three ways out.

The same dossier: the two are joined, and for each place where they disagree a person chooses.
Another dossier: it is filed beside the first. Neither: it is turned down with a reason (`held`).
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from ..attachments.models import Blob
from ..attachments.pages import open_page
from ..attachments.store import store_of
from ..audit import reads
from ..dossiers import joining
from ..dossiers.answers import values_at
from ..dossiers.filing import Filing
from ..dossiers.models import Dossier
from ..dossiers.photographs import current_pages, page_row
from ..dossiers.states import STATES
from ..errors import Problem
from ..forms.shelf import FormShelf
from ..forms.summary import Section
from ..services import services_of
from ..sync import held
from ..sync.filings import filing_of
from ..sync.held import Held
from ..sync.senders import vouched
from .answers import sections_of
from .asking import at_desk, place_of
from .beside import head
from .dossier import as_file
from .inputs import text, version
from .rendering import language_of, page
from .wording import moment
from .words import say

CHOICE = "choice:"


@dataclass(frozen=True, slots=True)
class _Part:
    """One line of a cell; `url` opens the page that it is about."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Labels by place, and what each of the two says there."""

    labels: dict[str, str]
    cells: tuple[dict[str, list[_Part]], dict[str, list[_Part]]]


def mutation_id(request: Request) -> uuid.UUID:
    """The held mutation in the address. Raises `dossier-unknown` for what is no id."""
    try:
        return uuid.UUID(request.path_params["mutation"])
    except ValueError:
        raise Problem("dossier-unknown") from None


async def show(
    request: Request,
    chosen: Mapping[str, str] | None = None,
    problem: Problem | None = None,
) -> Response:
    """The two versions; after a `problem` with what was chosen before it. 404 when none waits."""
    desk = await at_desk(request)
    language = language_of(request)
    found = await held.second_of(desk, mutation_id(request))
    if found is None:
        raise Problem("dossier-unknown")
    second, dossier = found
    await reads.record(desk.visitor, dossier, desk.now)
    filing = filing_of(second.opened, await vouched(second.opened))
    why = joining.hindrance(dossier, filing)
    options = {} if why else await _options(request, dossier, filing)
    sides = await _sides(request, second, dossier, language, options)
    rows = [_row(place, sides, options, chosen or {}, why, language) for place in sides.labels]
    state = STATES[dossier.state].label(language)
    return page(
        request,
        "two_versions.html",
        desk.visitor,
        {
            "heads": [
                {**head(dossier, language), "caption": say("join-there", language)},
                {
                    **head(dossier, language),
                    "open": "",
                    "caption": say("join-sent", language),
                    "applicant": filing.applicant.name,
                    "sent": moment(second.mutation.received_at),
                    "state": say("waiting-decision", language),
                    "helper": filing.helper.name if filing.helper else "",
                },
            ],
            "apart": [row for row in rows if row["differs"]],
            "alike": [row for row in rows if not row["differs"]],
            "action": f"/desk/held/{second.mutation.id}",
            "version": dossier.version,
            "hindrance": say(f"join-not-{why}", language, state=state) if why else "",
            "faults": _faults(problem, sides.labels),
        },
        place=await place_of(desk, "decide"),
        fault=problem.sentence(language) if problem else "",
        status=problem.status if problem else 200,
    )


async def show_page(request: Request) -> Response:
    """A page of the second version, before anybody has decided about it."""
    desk = await at_desk(request)
    found = await held.second_of(desk, mutation_id(request))
    if found is None:
        raise Problem("dossier-unknown")
    second, dossier = found
    filing = filing_of(second.opened, await vouched(second.opened))
    named = next((one for one in filing.pages if one.name == request.path_params["page"]), None)
    if named is None:
        raise Problem("page-missing")
    await reads.record(desk.visitor, dossier, desk.now, reads.PAGE, named.name)
    storage = services_of(request).keyring.storage
    arrived = frozenset([named.digest] if await Blob.exists(digest=named.digest) else [])
    row = page_row(dossier.id, named, storage, arrived, desk.now)
    return as_file(*await open_page(store_of(request), storage, row), named.name)


async def join(request: Request, form: FormData) -> uuid.UUID | Response:
    """Join the two as it was chosen: the dossier's id, or the page again with what is wrong."""
    desk = await at_desk(request)
    language = language_of(request)
    chosen = {
        name.removeprefix(CHOICE): text(form, name) for name in form if name.startswith(CHOICE)
    }
    forms: FormShelf = request.state.forms
    try:
        storage = services_of(request).keyring.storage
        seen = version(form)
        return (await held.join(desk, mutation_id(request), seen, chosen, storage, forms)).id
    except Problem as problem:
        if problem.code in ("dossier-unknown", "not-allowed"):
            raise
        if problem.code == "input-missing":
            problem = Problem("input-missing", {"field": say("join-choice", language)})
        if await held.second_of(desk, mutation_id(request)) is None:
            raise  # somebody has decided meanwhile
        return await show(request, chosen, problem)


async def _options(
    request: Request, dossier: Dossier, filing: Filing
) -> dict[str, tuple[str, ...]]:
    forms: FormShelf = request.state.forms
    form = await forms.get(dossier.form_digest)
    return joining.disagreements(form, dossier, filing)


async def _sides(
    request: Request,
    second: Held,
    dossier: Dossier,
    language: str,
    options: Mapping[str, tuple[str, ...]],
) -> _Sides:
    payload = second.opened.payload
    later = copy.copy(dossier)
    later.answers, later.form_digest = payload.answers, payload.form
    applicant = payload.applicant
    later.applicant_name = " ".join(applicant.name.split())
    later.applicant_id_number, later.applicant_phone = (
        applicant.id_number or "",
        applicant.phone or "",
    )
    here = {
        one.name: f"/desk/dossiers/{dossier.id}/pages/{one.id}" for one in await _arrived(dossier)
    }
    digests = {one.digest: one.name for one in payload.pages}
    blobs = await Blob.filter(digest__in=sorted(digests) or ["-"])
    there = {
        digests[one.digest]: f"/desk/held/{second.mutation.id}/pages/{digests[one.digest]}"
        for one in blobs
    }
    labels: dict[str, str] = {}
    cells: list[dict[str, list[_Part]]] = []
    for one, urls in ((dossier, here), (later, there)):
        mine: dict[str, list[_Part]] = {}
        for key, (column, _) in joining.APPLICANT.items():
            if value := getattr(one, column):
                labels.setdefault(key, say(key, language))
                mine[key] = [_Part(value)]
        for section in await sections_of(request, one, language):
            _gather(section, urls, labels, mine, language)
        for place in options:
            if place in mine or not place.startswith("/"):
                continue
            said = [value for _, value in values_at(one.answers, place) if value]
            if said:
                # Not shown to anybody who fills the form, and yet not the same.
                labels.setdefault(place, place.rpartition("/")[2])
                mine[place] = [_Part(said[0])]
        cells.append(mine)
    return _Sides(labels, (cells[0], cells[1]))


async def _arrived(dossier: Dossier) -> list[Any]:
    return [one for one in await current_pages(dossier) if one.received_at]


def _gather(
    section: Section,
    urls: Mapping[str, str],
    labels: dict[str, str],
    mine: dict[str, list[_Part]],
    language: str,
) -> None:
    """Lines into places: a repeat is one place, each of its lines told with its instance."""
    for line in section.lines:
        place, bracket, rest = line.path.partition("[")
        said = line.value
        if line.page:
            said = say("see-page" if line.page in urls else "page-on-way", language)
        if bracket:
            number = rest.partition("]")[0]
            labels.setdefault(place, section.title.partition(f" {number}")[0] or section.title)
            said = f"{section.title} · {line.label}: {said}"
        else:
            labels.setdefault(place, line.label)
        mine.setdefault(place, []).append(_Part(said, urls.get(line.page, "")))


def _row(
    place: str,
    sides: _Sides,
    options: Mapping[str, Sequence[str]],
    chosen: Mapping[str, str],
    why: str,
    language: str,
) -> dict[str, Any]:
    there, sent = (cells.get(place, []) for cells in sides.cells)
    may_choose = place in options
    differs = may_choose or [one.text for one in there] != [one.text for one in sent]
    fate = ""
    if differs and not may_choose and not why:
        fate = say("join-taken" if not there or not sent else "join-computed", language)
    return {
        "label": sides.labels[place],
        "differs": differs,
        "fate": fate,
        "name": CHOICE + place if may_choose else "",
        "cells": [(joining.THERE, there), (joining.SENT, sent)],
        "both": joining.BOTH in options.get(place, ()),
        "chosen": chosen.get(place, ""),
    }


def _faults(problem: Problem | None, labels: Mapping[str, str]) -> list[str]:
    """What the form says is wrong with the two together, by question."""
    told = problem.facts.get("faults", []) if problem else []
    found = []
    for fault in told:
        label = labels.get(fault["ref"].partition("[")[0], fault["ref"])
        found.append(": ".join(part for part in (label, fault.get("message") or "") if part))
    return list(dict.fromkeys(found))
