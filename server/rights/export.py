"""A copy of everything kept about one person, for that person (Law 91/2025/QH15, right of access).

One JSON document: their dossiers with answers and papers named, every step, who opened them and on
which days. The papers themselves are shown and printed at the desk. Whoever makes a copy is in the
log of each dossier.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .. import events
from ..audit import reads
from ..clock import iso
from ..database import transaction
from ..dossiers.models import Dossier, DossierPage
from ..dossiers.timeline import steps_of
from ..events import Actor, Event, Fact
from ..forms.models import Procedure
from .consent import agreed_of


async def dossiers_of(id_number: str, communes: Iterable[str] | None) -> list[Dossier]:
    """The dossiers whose applicant has this identity number, in these communes or in all."""
    found = Dossier.filter(applicant_id_number=id_number)
    if communes is not None:
        found = found.filter(commune_code__in=sorted(communes) or ["-"])
    return await found.order_by("submitted_at", "id") if id_number else []


async def copy_of(dossiers: list[Dossier], actor: Actor, now: datetime) -> dict[str, Any]:
    """The document, and one event for each dossier in it."""
    steps = await steps_of([one.id for one in dossiers])
    codes = sorted({one.procedure_code for one in dossiers})
    names = {one.code: one.about.get("name") for one in await Procedure.filter(code__in=codes)}
    document = {
        "v": 1,
        "madeAt": iso(now),
        "dossiers": [
            {
                **_facts(one),
                "procedureName": names.get(one.procedure_code),
                **await _agreed(one.id),
                "answers": one.answers,
                "pages": await _pages(one.id),
                "timeline": [
                    {
                        "at": iso(step.at),
                        "event": step.event,
                        "role": step.role,
                        "name": step.name,
                        "note": step.note,
                    }
                    for step in steps.get(one.id, [])
                ],
                "openings": await _openings(one.id),
            }
            for one in dossiers
        ],
    }
    async with transaction() as connection:
        facts = [Fact(reads.EXPORTED, actor, now, one.id, one.commune_code) for one in dossiers]
        await events.append_all(connection, facts)
    return document


def _facts(dossier: Dossier) -> dict[str, Any]:
    return {
        "code": dossier.code,
        "number": dossier.number,
        "procedure": dossier.procedure_code,
        "commune": dossier.commune_code,
        "state": dossier.state,
        "submittedAt": iso(dossier.submitted_at),
        "dueOn": dossier.due_on.isoformat() if dossier.due_on else None,
        "closedAt": iso(dossier.closed_at) if dossier.closed_at else None,
        "applicant": {
            "name": dossier.applicant_name,
            "idNumber": dossier.applicant_id_number,
            "phone": dossier.applicant_phone,
        },
        "helper": {"name": dossier.helper_name, "relation": dossier.helper_relation}
        if dossier.helper_name
        else None,
    }


async def _agreed(dossier_id: uuid.UUID) -> dict[str, Any]:
    agreed = await agreed_of(dossier_id)
    return {
        "consent": {"version": agreed.version, "at": agreed.at},
        "authority": agreed.authority,
        "helpedBefore": list(agreed.helped_before),
    }


async def _pages(dossier_id: uuid.UUID) -> list[dict[str, Any]]:
    return [
        {
            "question": one.path,
            "type": one.media_type,
            "bytes": one.size,
            "receivedAt": iso(one.received_at) if one.received_at else None,
            "replacedAt": iso(one.replaced_at) if one.replaced_at else None,
        }
        for one in await DossierPage.filter(dossier_id=dossier_id).order_by("path", "name")
    ]


async def _openings(dossier_id: uuid.UUID) -> list[dict[str, str]]:
    found = Event.filter(dossier_id=dossier_id, name__in=reads.OPENINGS).order_by("seq")
    return [
        {"at": iso(e.at), "event": e.name, "role": e.actor_role, "name": e.actor_name}
        for e in await found
    ]
