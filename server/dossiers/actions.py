"""What the desk does with a dossier: one function a verb, one transaction each.

Every action asks for the version its page was made from, so a second click, an old page or a
colleague who was quicker ends in `dossier-changed` and nothing happens twice. Who may do what is in
`identity/permissions`, what follows what in `states`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..clock import legal_day
from ..database import transaction
from ..errors import Problem
from ..identity.backend import Visitor, roles_of
from ..identity.models import Commune, Person
from ..identity.permissions import acting_role
from . import states
from .models import Dossier, Supplement
from .moves import move
from .numbering import next_number
from .questions import questions_of
from .states import Place
from .working_days import Calendar


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts, when, and by which calendar days are counted."""

    visitor: Visitor
    now: datetime
    working: Calendar


async def receive(desk: Desk, dossier_id: uuid.UUID, version: int) -> Dossier:
    """Accept a dossier: the official number is given and the clock starts."""
    commune = await Commune.get(code=(await readable(desk.visitor, dossier_id)).commune_code)

    async def with_number(connection: Any) -> dict[str, Any]:
        number = await next_number(connection, commune.agency_code, legal_day(desk.now))
        return {"number": number, "received_at": desk.now}

    return await _act(
        desk, "receive", dossier_id, version, "dossier.received", given=with_number, counts=True
    )


async def refuse(desk: Desk, dossier_id: uuid.UUID, version: int, reason: str) -> Dossier:
    """Refuse a dossier at reception, with the reason people will read."""
    note = _sentence(reason, "reason")
    return await _act(desk, "refuse", dossier_id, version, "dossier.refused", note)


async def ask_supplement(
    desk: Desk,
    dossier_id: uuid.UUID,
    version: int,
    sentence: str,
    items: list[dict[str, str]],
    answer_by: date | None = None,
) -> Dossier:
    """Ask for marked questions or pages to be mended; the clock stands still until the answer.

    `items`: {path: reference, kind: `question` or `page`, note?}. Raises `input-missing`.
    """
    note = _sentence(sentence, "sentence")
    before = await readable(desk.visitor, dossier_id)
    asked = (await questions_of(before.form_digest)).checked_items(items)
    request = Supplement(
        id=uuid.uuid4(),
        dossier_id=dossier_id,
        asked_by=desk.visitor.id,
        asked_at=desk.now,
        answer_by=answer_by,
        sentence=note,
        items=asked,
        returns_state=before.state,
        returns_stage=before.stage,
    )

    async def with_request(connection: Any) -> dict[str, Any]:
        await request.save(using_db=connection, force_create=True)
        return {}

    return await _act(
        desk,
        "ask_supplement",
        dossier_id,
        version,
        "dossier.supplement_requested",
        note,
        data={"supplement": str(request.id)},
        given=with_request,
        counts=True,
    )


async def forward(
    desk: Desk, dossier_id: uuid.UUID, version: int, assignee_id: uuid.UUID, note: str = ""
) -> Dossier:
    """Hand a dossier to a specialist of the same commune, whose task it becomes."""
    before = await readable(desk.visitor, dossier_id)
    person = await Person.get_or_none(id=assignee_id, is_active=True)
    roles = await roles_of(person) if person else ()
    if person is None or not acting_role(roles, "propose", before.commune_code, is_assignee=True):
        raise Problem("input-missing", {"field": "assignee"})
    return await _act(
        desk,
        "forward",
        dossier_id,
        version,
        "dossier.forwarded",
        note,
        data={"assignee": str(person.id), "assigneeName": person.name},
        changes={"assignee_id": person.id},
    )


async def propose(desk: Desk, dossier_id: uuid.UUID, version: int, note: str = "") -> Dossier:
    """The specialist has examined it and asks for the signature."""
    return await _act(desk, "propose", dossier_id, version, "dossier.proposed", note)


async def send_back(desk: Desk, dossier_id: uuid.UUID, version: int, note: str) -> Dossier:
    """The approver wants something examined again."""
    said = _sentence(note, "note")
    return await _act(desk, "send_back", dossier_id, version, "dossier.sent_back", said)


async def approve(desk: Desk, dossier_id: uuid.UUID, version: int, note: str = "") -> Dossier:
    """The approver signs."""
    return await _act(desk, "approve", dossier_id, version, "dossier.approved", note)


async def finish(desk: Desk, dossier_id: uuid.UUID, version: int, note: str = "") -> Dossier:
    """The result is ready to be fetched."""
    changes = {"finished_at": desk.now}
    return await _act(
        desk, "finish", dossier_id, version, "dossier.finished", note, changes=changes
    )


async def return_result(desk: Desk, dossier_id: uuid.UUID, version: int, note: str = "") -> Dossier:
    """The result was handed over."""
    return await _act(desk, "return_result", dossier_id, version, "dossier.returned", note)


async def stop(desk: Desk, dossier_id: uuid.UUID, version: int, reason: str) -> Dossier:
    """End a dossier without a result, with the reason people will read."""
    note = _sentence(reason, "reason")
    return await _act(desk, "stop", dossier_id, version, "dossier.stopped", note)


async def readable(visitor: Visitor, dossier_id: uuid.UUID) -> Dossier:
    """A dossier of a commune the visitor may read. Raises `dossier-unknown` for any other."""
    dossier = await Dossier.get_or_none(id=dossier_id)
    if dossier is None or not visitor.may("read", dossier.commune_code):
        raise Problem("dossier-unknown")
    return dossier


def verbs_for(visitor: Visitor, dossier: Dossier) -> tuple[str, ...]:
    """What this visitor may do with the dossier as it stands now."""
    is_mine = dossier.assignee_id == visitor.id
    return tuple(
        verb
        for verb in states.verbs(Place(dossier.state, dossier.stage))
        if visitor.may(verb, dossier.commune_code, is_assignee=is_mine)
    )


async def _act(
    desk: Desk,
    verb: str,
    dossier_id: uuid.UUID,
    version: int,
    event: str,
    note: str = "",
    *,
    data: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
    given: Any = None,
    counts: bool = False,
) -> Dossier:
    """Check, change, append. `given(connection)` writes beside and returns further columns."""
    dossier = await readable(desk.visitor, dossier_id)
    is_mine = dossier.assignee_id == desk.visitor.id
    actor = desk.visitor.actor(verb, dossier.commune_code, is_assignee=is_mine)
    if dossier.version != version:
        raise Problem("dossier-changed")
    target = states.leave(Place(dossier.state, dossier.stage), verb)
    async with transaction() as connection:
        columns = dict(changes or {})
        if given is not None:
            columns.update(await given(connection))
        facts = {**(data or {}), **({"note": note.strip()} if note.strip() else {})}
        if "number" in columns:
            facts["number"] = columns["number"]
        await move(
            connection,
            dossier,
            target,
            event,
            actor,
            desk.now,
            data=facts,
            changes=columns,
            working=desk.working if counts else None,
        )
    return dossier


def _sentence(text: str, field: str) -> str:
    said = text.strip()
    if not said:
        raise Problem("input-missing", {"field": field})
    return said[:2000]
