"""Requests about one's own data: taken down at the desk, answered within the law's days.

A reply is due within two working days, the thing itself by kind (Decree 356/2025; the exact numbers
of days are not confirmed yet). What the register must keep is not erased: the answer then says so.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from .. import events
from ..clock import legal_day
from ..database import transaction
from ..dossiers.working_days import Calendar
from ..errors import Problem
from ..identity.backend import Visitor
from ..identity.permissions import communes_for
from .models import DataRequest

REPLY_WORKING_DAYS = 2
# Calendar days until it is done.
DAYS = {"copy": 10, "correct": 10, "restrict": 15, "erase": 20}
SHOWN = 200


async def take_down(
    visitor: Visitor,
    working: Calendar,
    now: datetime,
    *,
    commune: str,
    kind: str,
    name: str,
    id_number: str,
    wish: str,
) -> DataRequest:
    """Keep a request. Raises `not-allowed`, `input-missing` for an unknown kind."""
    actor = visitor.actor("rights", commune)
    if kind not in DAYS:
        raise Problem("input-missing", {"field": "kind"})
    today = legal_day(now)
    async with transaction() as connection:
        made = await DataRequest.create(
            id=uuid.uuid4(),
            commune_code=commune,
            kind=kind,
            name=name,
            id_number=id_number,
            wish=wish,
            asked_at=now,
            reply_by=working.after(today, REPLY_WORKING_DAYS),
            done_by=today + timedelta(days=DAYS[kind]),
            using_db=connection,
        )
        data = {"request": str(made.id), "kind": kind}
        await events.append(
            connection, "rights.requested", actor, now, commune_code=commune, data=data
        )
    return made


async def close(visitor: Visitor, request_id: uuid.UUID, outcome: str, now: datetime) -> None:
    """Answer a request; the words are what the person was told.

    Raises `request-unknown`, also for another commune's and for one closed before.
    """
    found = await DataRequest.get_or_none(id=request_id, closed_at=None)
    if found is None or not visitor.may("rights", found.commune_code):
        raise Problem("request-unknown")
    actor = visitor.actor("rights", found.commune_code)
    async with transaction() as connection:
        mine = DataRequest.filter(id=request_id, closed_at=None).using_db(connection)
        if not await mine.update(closed_at=now, outcome=outcome):
            raise Problem("request-unknown")
        data = {"request": str(request_id), "kind": found.kind, "note": outcome}
        await events.append(
            connection,
            "rights.answered",
            actor,
            now,
            commune_code=found.commune_code,
            data=data,
        )


async def of_visitor(visitor: Visitor) -> list[DataRequest]:
    """The requests of the visitor's communes: open ones first, the most urgent on top."""
    communes = communes_for(visitor.roles, "rights")
    found = DataRequest.all()
    if communes is not None:
        found = found.filter(commune_code__in=sorted(communes) or ["-"])
    waiting = await found.filter(closed_at=None).order_by("done_by").limit(SHOWN)
    answered = found.filter(closed_at__isnull=False).order_by("-closed_at")
    return [*waiting, *await answered.limit(SHOWN - len(waiting))] if waiting else await answered
