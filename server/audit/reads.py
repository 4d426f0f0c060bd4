"""Reading personal data leaves a trace: one event each time somebody opens a dossier or a page.

A page that is loaded again within some minutes by the same person is the same opening, so that the
log stays readable. Citizens see these openings of their own dossiers.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from .. import events
from ..database import transaction
from ..dossiers.models import Dossier
from ..events import Event
from ..identity.backend import Visitor

SAME = timedelta(minutes=10)
OPENED, PAGE, EXPORTED = "dossier.opened", "page.opened", "dossier.exported"
# An auditor looked up who had handled it: that is a look, too.
AUDITED = "dossier.audited"
OPENINGS = (OPENED, PAGE, EXPORTED, AUDITED)
# How many openings a citizen is shown, the newest first.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody opened a dossier, one of its pages, or took a copy of it."""

    event: str
    role: str
    name: str
    at: datetime


async def record(
    visitor: Visitor, dossier: Dossier, now: datetime, event: str = OPENED, page: str = ""
) -> None:
    """Note that a visitor opens a dossier (or its page of this id) now."""
    verb = "audit" if event == AUDITED else "read"
    actor = visitor.actor(verb, dossier.commune_code)
    before = Event.filter(dossier_id=dossier.id, name=event, actor_id=visitor.id, at__gt=now - SAME)
    if any(one.data.get("page", "") == page for one in await before):
        return
    async with transaction() as connection:
        await events.append(
            connection,
            event,
            actor,
            now,
            dossier_id=dossier.id,
            commune_code=dossier.commune_code,
            data={"page": page} if page else {},
        )


async def openings_of(dossier_id: uuid.UUID) -> list[Opening]:
    """Who opened a dossier, the newest first."""
    found = Event.filter(dossier_id=dossier_id, name__in=OPENINGS).order_by("-seq").limit(SHOWN)
    return [Opening(one.name, one.actor_role, one.actor_name, one.at) for one in await found]
