"""The one way a dossier's state changes: compare and set, append the event, compute what is due.

Actions at the desk and mutations from phones both end here, inside their own transaction.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from .. import events
from ..errors import Problem
from ..events import Actor, Event, NewEvent
from ..forms.models import Procedure
from .deadlines import Limit, due_on
from .models import Dossier
from .states import STATES, Place
from .working_days import Calendar

_CLOCK = ("dossier.received", "dossier.supplement_requested", "dossier.supplemented")


async def move(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    place: Place,
    event: str,
    actor: Actor,
    at: datetime,
    *,
    data: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
    working: Calendar | None = None,
) -> NewEvent:
    """Put `dossier` in `place` and append `event`; with `working` its due day is computed anew.

    The version the caller read must still be the newest: of two clicks at once, or of two people,
    one wins and the other gets `dossier-changed`. The record passed in is brought up to date.
    """
    columns: dict[str, Any] = {
        **(changes or {}),
        "state": place.state,
        "stage": place.stage,
        "version": dossier.version + 1,
    }
    if STATES[place.state].is_end:
        columns["closed_at"] = at
    # The write comes first: it takes the row's lock, and SQLite's, before anything is read.
    row = Dossier.filter(id=dossier.id, version=dossier.version).using_db(connection)
    if not await row.update(**columns):
        raise Problem("dossier-changed")
    later: dict[str, Any] = {}
    if working is not None:
        later["due_on"] = await _due(connection, dossier, (event, at), working)
    fact = await append(
        connection,
        dossier,
        event,
        actor,
        at,
        {"state": place.state, **({"stage": place.stage} if place.stage else {}), **(data or {})},
        later,
    )
    dossier.update_from_dict({**columns, **later})
    return fact


async def append(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    event: str,
    actor: Actor,
    at: datetime,
    data: dict[str, Any],
    changes: dict[str, Any] | None = None,
) -> NewEvent:
    """Append an event to a dossier whose row the caller has already written to, and so locked."""
    fact = await events.append(
        connection,
        event,
        actor,
        at,
        dossier_id=dossier.id,
        commune_code=dossier.commune_code,
        data=data,
    )
    row = Dossier.filter(id=dossier.id).using_db(connection)
    await row.update(last_seq=fact.seq, **(changes or {}))
    dossier.last_seq = fact.seq
    return fact


async def _due(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    newest: tuple[str, datetime],
    working: Calendar,
) -> date | None:
    past = Event.filter(dossier_id=dossier.id, name__in=_CLOCK).using_db(connection)
    history = [(one.name, one.at) for one in await past.order_by("seq")]
    return due_on(await limit_of(dossier.procedure_code), [*history, newest], working)


async def limit_of(procedure_code: str) -> Limit:
    """The time limit the catalogue states for a procedure."""
    procedure = await Procedure.get_or_none(code=procedure_code)
    stated = procedure.about.get("timeLimit", {}) if procedure else {}
    return Limit(stated.get("unit", "working_day"), stated.get("value"))
