"""From records to the snapshots that phones get (`view`), many at a time with few queries."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from ..clock import iso
from .arrivals import page_counts
from .models import Dossier, Supplement
from .timeline import Step, steps_of
from .view import Actor, DossierView, Entry, Item, Named, Pages, SupplementView


async def views(dossiers: Sequence[Dossier]) -> list[DossierView]:
    """The snapshots of several dossiers, in their order, with a fixed number of queries."""
    ids = [dossier.id for dossier in dossiers]
    steps, counts = await steps_of(ids), await page_counts(ids)
    waiting = [dossier.id for dossier in dossiers if dossier.state == "supplement"]
    requests: dict[uuid.UUID, Supplement] = {}
    if waiting:
        found = Supplement.filter(dossier_id__in=waiting, answered_at=None)
        requests = {one.dossier_id: one for one in await found.order_by("asked_at")}
    return [
        view(one, steps.get(one.id, []), counts.get(one.id, (0, 0)), requests.get(one.id))
        for one in dossiers
    ]


def view(
    dossier: Dossier, steps: Sequence[Step], pages: tuple[int, int], request: Supplement | None
) -> DossierView:
    """One snapshot from what is known of the dossier."""
    return DossierView(
        id=str(dossier.id),
        code=dossier.code,
        number=dossier.number,
        procedure=dossier.procedure_code,
        form=dossier.form_digest,
        commune=dossier.commune_code,
        state=dossier.state,
        version=dossier.version,
        submitted_at=iso(dossier.submitted_at),
        due_on=dossier.due_on.isoformat() if dossier.due_on else None,
        finished_at=iso(dossier.finished_at) if dossier.finished_at else None,
        applicant=Named(name=dossier.applicant_name),
        helper=Named(name=dossier.helper_name) if dossier.helper_name else None,
        pages=Pages(received=pages[0], total=pages[1]),
        seq=dossier.last_seq,
        timeline=[_entry(step) for step in steps],
        supplement=_supplement(request) if request else None,
    )


def _entry(step: Step) -> Entry:
    return Entry(
        seq=step.seq,
        event=step.event,
        at=iso(step.at),
        actor=Actor(role=step.role, name=step.name or None),
        note=step.note or None,
        state=step.state or None,
    )


def _supplement(request: Supplement) -> SupplementView:
    return SupplementView(
        id=str(request.id),
        asked_at=iso(request.asked_at),
        sentence=request.sentence,
        items=[
            Item(path=one["path"], kind=one["kind"], note=one.get("note")) for one in request.items
        ],
        answer_by=request.answer_by.isoformat() if request.answer_by else None,
    )
