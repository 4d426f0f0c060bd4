"""The event log as an auditor reads it: by person, by dossier, within their communes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tortoise.expressions import Q

from ..dossiers.folded import fold
from ..dossiers.models import Dossier
from ..dossiers.numbering import read_code
from ..errors import Problem
from ..events import Event
from ..identity.backend import Visitor
from ..identity.models import Person
from ..identity.permissions import communes_for

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One event with the code of the dossier it is about, or none."""

    event: Event
    code: str


async def lines(
    visitor: Visitor, *, person: str = "", dossier: str = "", page: int = 1
) -> tuple[list[Line], bool]:
    """A page of events, the newest first, and whether there are older ones.

    `person`: account or part of the name of who did it. `dossier`: code or official number. Both
    empty: everything. An auditor of a commune sees its events alone. Raises `not-allowed`.
    """
    communes = communes_for(visitor.roles, "audit")
    if communes is not None and not communes:
        raise Problem("not-allowed")
    found = Event.all() if communes is None else Event.filter(commune_code__in=sorted(communes))
    if person:
        found = found.filter(_by(person) | Q(actor_id__in=await _accounts(person)))
    if dossier:
        named = Q(number=dossier.strip().upper()) | Q(code=read_code(dossier) or "-")
        ids = await Dossier.filter(named).values_list("id", flat=True)
        if not ids:
            return [], False
        found = found.filter(dossier_id__in=list(ids))
    start = (max(1, min(page, 10_000)) - 1) * PAGE
    events = await found.order_by("-seq").offset(start).limit(PAGE + 1)
    shown = events[:PAGE]
    about = {one.dossier_id for one in shown if one.dossier_id is not None}
    codes = {d.id: d.code for d in await Dossier.filter(id__in=list(about))} if about else {}
    return _with_codes(shown, codes), len(events) > PAGE


async def lines_of(dossiers: Sequence[Dossier]) -> tuple[list[Line], bool]:
    """The newest events of these dossiers, and whether there are more."""
    if not dossiers:
        return [], False
    codes = {one.id: one.code for one in dossiers}
    events = await Event.filter(dossier_id__in=list(codes)).order_by("-seq").limit(PAGE + 1)
    return _with_codes(events[:PAGE], codes), len(events) > PAGE


def _with_codes(events: Sequence[Event], codes: Mapping[uuid.UUID, str]) -> list[Line]:
    return [Line(one, codes.get(one.dossier_id, "") if one.dossier_id else "") for one in events]


def _by(person: str) -> Q:
    return Q(actor_name__icontains=person.strip())


async def _accounts(person: str) -> list[object]:
    account = fold(person).strip().replace(" ", "-")
    return list(await Person.filter(account=account).values_list("id", flat=True)) or [None]
