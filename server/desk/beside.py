"""Two things side by side: dossiers that may be the same, answers of two people that disagree.

A person decides what to do; nothing here changes anything. Of a dossier in a commune that the
visitor does not serve no more is told than which commune it is in.
"""

from __future__ import annotations

import copy
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..audit import reads
from ..dossiers import queries
from ..dossiers.actions import Desk, readable
from ..dossiers.answers import leaves, patched_with
from ..dossiers.models import Dossier
from ..dossiers.questions import questions_of
from ..errors import Problem
from ..identity.models import Commune
from ..sync.envelopes import read_signed
from ..sync.models import Mutation
from .answers import sections_of
from .asking import at_desk, dossier_id, place_of, procedure_names
from .rendering import language_of, page
from .wording import moment
from .words import say
from .worklist import state_words


async def listed(desk: Desk, found: queries.Whole, language: str) -> list[dict[str, str]]:
    """The dossiers that may be about the same as this one, as its page names them."""
    codes = sorted({one.commune_code for one in found.alike})
    names = {unit.code: unit.name for unit in await Commune.filter(code__in=codes or ["-"])}
    return [
        {
            "commune": names.get(one.commune_code, one.commune_code),
            "url": "",
            **(
                {
                    "url": f"/desk/dossiers/{found.dossier.id}/beside/{one.id}",
                    **head(one, language),
                }
                if desk.visitor.may("read", one.commune_code)
                else {}
            ),
        }
        for one in found.alike
    ]


async def show(request: Request) -> Response:
    """Two dossiers side by side, every answer of both, what differs marked."""
    desk = await at_desk(request)
    language = language_of(request)
    try:
        other_id = uuid.UUID(request.path_params["other"])
    except ValueError:
        raise Problem("dossier-unknown") from None
    both = [await readable(desk.visitor, one) for one in (dossier_id(request), other_id)]
    for one in both:
        await reads.record(desk.visitor, one, desk.now)
    names = await procedure_names({one.procedure_code for one in both}, language)
    return page(
        request,
        "beside.html",
        desk.visitor,
        {
            "heads": [
                {**head(one, language), "procedure": names[one.procedure_code]} for one in both
            ],
            "lead": "",
            "back": f"/desk/dossiers/{both[0].id}",
            "lines": await _lines(request, both, language),
        },
        place=await place_of(desk),
    )


async def show_conflict(request: Request) -> Response:
    """The answers of a dossier beside those that came later and were set aside."""
    desk = await at_desk(request)
    language = language_of(request)
    dossier = await readable(desk.visitor, dossier_id(request))
    try:
        mutation_id = uuid.UUID(request.path_params["mutation"])
    except ValueError:
        raise Problem("not-found") from None
    await reads.record(desk.visitor, dossier, desk.now)
    kept = await Mutation.get_or_none(id=mutation_id, dossier_id=dossier.id)
    if (
        kept is None
        or kept.verdict not in ("conflict", "held")
        or not kept.signed
        or not desk.visitor.may("read", kept.commune_code)
    ):
        raise Problem("not-found")
    later = copy.copy(dossier)
    root = (await questions_of(dossier.form_digest)).root
    payload = read_signed(bytes(kept.signed)).payload
    if kept.kind == "dossier.submit":  # whole, and maybe on another version of the form
        later.answers, later.form_digest = payload.answers, payload.form
    else:
        later.answers = patched_with(dossier.answers, dict(leaves(payload.answers, root)))
    heads = [
        {**head(dossier, language), "applicant": say("conflict-now", language)},
        {
            **head(dossier, language),
            "applicant": say("conflict-other", language),
            "sent": moment(kept.received_at),
        },
    ]
    return page(
        request,
        "beside.html",
        desk.visitor,
        {
            "heads": heads,
            "lead": say("conflict-lead", language),
            "back": f"/desk/dossiers/{dossier.id}",
            "lines": await _lines(request, [dossier, later], language),
        },
        place=await place_of(desk),
    )


def head(dossier: Dossier, language: str) -> dict[str, str]:
    """A dossier as the head of its column."""
    return {
        "open": f"/desk/dossiers/{dossier.id}",
        "applicant": dossier.applicant_name,
        "number": dossier.number or dossier.code,
        "sent": moment(dossier.submitted_at),
        "state": state_words(dossier, language),
        "helper": dossier.helper_name,
    }


async def _lines(request: Request, both: list[Dossier], language: str) -> list[dict[str, Any]]:
    """One line a question that either answers, in the order of the first's form."""
    told: list[dict[str, tuple[str, str]]] = []
    for one in both:
        sections = await sections_of(request, one, language)
        told.append(
            {
                line.path: (line.label, line.value)
                for section in sections
                for line in section.lines
                if not line.page
            }
        )
    paths = list(dict.fromkeys([*told[0], *told[1]]))
    return [
        {
            "label": next(one[path][0] for one in told if path in one),
            "values": [one.get(path, ("", ""))[1] for one in told],
            "differs": len({one.get(path, ("", ""))[1] for one in told}) > 1,
        }
        for path in paths
    ]
