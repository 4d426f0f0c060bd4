"""What the desk reads: the worklist with its counts, and one dossier with everything about it.

Only communes the visitor may read are ever looked at; there is no other way in.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q, RawSQL
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from ..clock import legal_day
from ..identity.permissions import communes_for
from .actions import Desk, readable, verbs_for
from .arrivals import page_counts
from .folded import fold
from .likeness import alike
from .models import Dossier, DossierPage, Supplement
from .numbering import read_code
from .photographs import current_pages
from .states import STATES
from .timeline import Step, steps_of

PAGE = 50
SOON_DAYS = 2
OPEN = tuple(name for name, state in STATES.items() if not state.is_end)
CLOSED = tuple(name for name, state in STATES.items() if state.is_end)
# The clock runs in these; a dossier that waits for its citizen is not late.
RUNNING = ("received", "processing")
VIEWS = ("open", "mine", "late", "soon", "closed")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the worklist. `days_left`: working days until due, negative when late."""

    dossier: Dossier
    received_pages: int
    total_pages: int
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many dossiers there are, by state and by view."""

    by_state: dict[str, int]
    by_view: dict[str, int]


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of rows; `total` counts all pages."""

    rows: list[Row]
    total: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Whole:
    """One dossier with everything the desk shows."""

    dossier: Dossier
    pages: list[DossierPage]
    supplements: list[Supplement]
    steps: list[Step]
    verbs: tuple[str, ...]
    days_left: int | None
    alike: list[Dossier]

    @property
    def open_supplement(self) -> Supplement | None:
        """The request that waits for an answer."""
        if self.dossier.state != "supplement":
            return None
        return next((one for one in reversed(self.supplements) if not one.answered_at), None)


async def worklist(
    desk: Desk, *, view: str = "open", state: str = "", text: str = "", page: int = 1
) -> Worklist:
    """Dossiers of the visitor's communes, the most urgent first.

    `view` is one of `VIEWS`; `state` narrows to one state; `text` finds by name without marks,
    code, official number or identity number, in every state.
    """
    mine = _readable(desk)
    if text.strip():
        chosen = mine.filter(_matches(text))
    elif state in STATES:
        chosen = mine.filter(state=state)
    else:
        chosen = mine.filter(_view(view, desk))
    # Databases disagree on where nothing sorts; what waits for reception comes first.
    order = ("has_due", "due_on", "submitted_at")
    if view == "closed" and not text:
        order = ("-closed_at", "has_due", "due_on")
    start = max(0, page - 1) * PAGE
    sorted_ones = chosen.annotate(has_due=RawSQL("due_on IS NOT NULL")).order_by(*order, "id")
    dossiers = await sorted_ones.offset(start).limit(PAGE)
    pages = await page_counts([dossier.id for dossier in dossiers]) if dossiers else {}
    rows = [
        Row(dossier, *pages.get(dossier.id, (0, 0)), days_left(desk, dossier))
        for dossier in dossiers
    ]
    return Worklist(rows, await chosen.count(), await counts(desk))


async def counts(desk: Desk) -> Counts:
    """The numbers beside the desk's tabs."""
    mine = _readable(desk)
    grouped = await mine.annotate(number=Count("id")).group_by("state").values("state", "number")
    by_state = {row["state"]: int(row["number"]) for row in grouped}
    by_view = {
        "open": sum(by_state.get(name, 0) for name in OPEN),
        "closed": sum(by_state.get(name, 0) for name in CLOSED),
    }
    for name in ("mine", "late", "soon"):
        by_view[name] = await mine.filter(_view(name, desk)).count()
    return Counts(by_state, by_view)


async def whole(desk: Desk, dossier_id: uuid.UUID) -> Whole:
    """One dossier. Raises `dossier-unknown`."""
    dossier = await readable(desk.visitor, dossier_id)
    return Whole(
        dossier=dossier,
        pages=await current_pages(dossier),
        supplements=await Supplement.filter(dossier_id=dossier_id).order_by("asked_at"),
        steps=(await steps_of([dossier_id], for_staff=True)).get(dossier_id, []),
        verbs=verbs_for(desk.visitor, dossier),
        days_left=days_left(desk, dossier),
        alike=await alike(dossier_id),
    )


async def page_of(desk: Desk, dossier_id: uuid.UUID, page_id: uuid.UUID) -> DossierPage | None:
    """A page of a dossier the visitor may read, replaced ones too. Raises `dossier-unknown`."""
    await readable(desk.visitor, dossier_id)
    return await DossierPage.get_or_none(id=page_id, dossier_id=dossier_id)


def days_left(desk: Desk, dossier: Dossier) -> int | None:
    """Working days until due, negative when late; nothing while no clock runs."""
    if dossier.due_on is None or dossier.state not in RUNNING:
        return None
    today = legal_day(desk.now)
    if dossier.due_on < today:
        return -desk.working.between(dossier.due_on, today)
    return desk.working.between(today, dossier.due_on)


def _readable(desk: Desk) -> QuerySet[Dossier]:
    communes = communes_for(desk.visitor.roles, "read")
    if communes is None:
        return Dossier.all()
    return Dossier.filter(commune_code__in=sorted(communes) or ["-"])


def _view(name: str, desk: Desk) -> Q:
    today = legal_day(desk.now)
    soon: date = desk.working.after(today, SOON_DAYS)
    if name == "mine":
        return Q(assignee_id=desk.visitor.id, state__in=OPEN)
    if name == "late":
        return Q(state__in=RUNNING, due_on__lt=today)
    if name == "soon":
        return Q(state__in=RUNNING, due_on__gte=today, due_on__lte=soon)
    return Q(state__in=CLOSED if name == "closed" else OPEN)


def _matches(text: str) -> Q:
    found = Q(applicant_folded__contains=fold(text)) | Q(number=text.strip().upper())
    if code := read_code(text):
        found |= Q(code=code)
    if text.strip().isdigit():
        found |= Q(applicant_id_number=text.strip())
    return found
