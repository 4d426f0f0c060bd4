"""The steps of a dossier from its events: who, when, and how long until the next.

The same steps go to the phone and to the desk. Arrival of single pages is left out: it is shown as
“3 of 5 pages”, and would bury the steps people wait for.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..events import Event

# Who looked, and on which phones it was opened, is told elsewhere (`audit`).
QUIET = frozenset(
    {
        "page.received",
        "page.opened",
        "dossier.opened",
        "dossier.exported",
        "dossier.audited",
        "dossier.erased",
        "dossier.claim_offered",
        "dossier.claimed",
    }
)


# Told at the desk alone: what it means for the citizen is for people to decide first.
STAFF = frozenset({"dossier.found_alike", "dossier.conflicted"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `took` is the time from the step before it; nothing for the first.

    `mutation` is the id of one that was set aside because two people disagree, `skew` by how many
    seconds the phone's clock was behind ours (negative: ahead) where that is known.
    """

    seq: int
    event: str
    at: datetime
    role: str
    name: str
    note: str
    state: str
    stage: str
    assignee: str
    took: timedelta | None
    mutation: str = ""
    skew: int = 0


async def steps_of(
    dossier_ids: Sequence[uuid.UUID], *, for_staff: bool = False
) -> dict[uuid.UUID, list[Step]]:
    """The steps of each dossier, oldest first, in one query."""
    hidden = QUIET if for_staff else QUIET | STAFF
    found = Event.filter(dossier_id__in=list(dossier_ids), name__not_in=sorted(hidden))
    steps: defaultdict[uuid.UUID, list[Step]] = defaultdict(list)
    for event in await found.order_by("seq") if dossier_ids else []:
        if event.dossier_id is not None:
            mine = steps[event.dossier_id]
            mine.append(_step(event, mine[-1].at if mine else None))
    return steps


def _step(event: Event, before: datetime | None) -> Step:
    data = event.data
    return Step(
        seq=event.seq,
        event=event.name,
        at=event.at,
        role=event.actor_role,
        name=event.actor_name,
        note=data.get("note", ""),
        state=data.get("state", ""),
        stage=data.get("stage", ""),
        assignee=data.get("assigneeName", ""),
        took=event.at - before if before else None,
        mutation=data.get("mutation", ""),
        skew=data.get("skew", 0),
    )
