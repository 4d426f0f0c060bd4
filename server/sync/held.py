"""Mutations kept for a person at the desk to decide: the phone is unknown here, or no longer
trusted, or nobody vouches for the helper it names.

Accepting applies the mutation as if it came now; a second submission of a dossier that is there may
be joined to it instead. The receipt the phone holds stays what it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tortoise.backends.base.client import BaseDBAsyncClient

from .. import events
from ..database import transaction
from ..dossiers.actions import Desk
from ..dossiers.filing import Office
from ..dossiers.models import Dossier
from ..dossiers.uniting import unite
from ..errors import Problem
from ..forms.shelf import FormShelf
from ..identity import devices
from ..identity.permissions import communes_for
from ..tracking.claims import open_on
from . import beside
from .envelopes import Opened, read_signed
from .filings import filing_of
from .models import Mutation
from .mutations import Target, perform, target_of
from .senders import vouched

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A mutation that waits, and what is in it."""

    mutation: Mutation
    opened: Opened


async def waiting(desk: Desk) -> list[Held]:
    """Held mutations of the visitor's communes that nobody has decided, oldest first."""
    communes = communes_for(desk.visitor.roles, "decide")
    found = Mutation.filter(verdict="held", decided_at=None)
    if communes is not None:
        found = found.filter(commune_code__in=sorted(communes) or ["-"])
    rows = await found.order_by("received_at").limit(LIMIT)
    return [Held(row, read_signed(bytes(row.signed))) for row in rows]


async def accept(desk: Desk, mutation_id: uuid.UUID, storage: bytes) -> Dossier:
    """Apply it: a dossier of its own where another has its id, nothing where that says the same.

    Raises `dossier-changed` when it was decided before, and whatever it would be refused with if
    it came now.
    """
    row = await _waiting(desk, mutation_id)
    opened = read_signed(bytes(row.signed))
    async with transaction() as connection:
        await _claim(connection, desk, row)
        sender = await vouched(opened)
        filed = filing_of(opened, sender)
        office = Office(desk.now, desk.working, storage)
        target = await target_of(connection, row.kind, filed, sender, office)
        is_there = False
        if target.dossier and target.misfit == "dossier-exists":
            known = await beside.filed_under(connection, [str(target.dossier.id)])
            is_there = beside.is_among(opened.payload, known[str(target.dossier.id)])
            filed = replace(filed, dossier_id=beside.beside_id(row.id))
            target = target if is_there else Target(None)
        elif target.misfit:
            state = target.dossier.state if target.dossier else ""
            raise Problem(target.misfit, {"state": state})
        if sender.device is None:
            await devices.register(connection, opened.point, desk.now)
        if is_there and target.dossier:
            dossier = target.dossier
        else:
            dossier = await perform(connection, target, filed, office)
        await Mutation.filter(id=row.id).using_db(connection).update(filed_as=dossier.id)
        # Last, because whoever appends to the log takes every other lock before.
        await _record(connection, desk, row, "accepted")
        return dossier


async def second_of(desk: Desk, mutation_id: uuid.UUID) -> tuple[Held, Dossier] | None:
    """A held submission that waits and the dossier that has its id, if the visitor may decide."""
    row = await Mutation.get_or_none(id=mutation_id, verdict="held", decided_at=None)
    if row is None or row.kind != "dossier.submit":
        return None
    dossier = await Dossier.get_or_none(id=row.dossier_id)
    if dossier is None or not _may_decide(desk, row, dossier):
        return None
    return Held(row, read_signed(bytes(row.signed))), dossier


async def join(
    desk: Desk,
    mutation_id: uuid.UUID,
    version: int,
    choices: Mapping[str, str],
    storage: bytes,
    forms: FormShelf,
) -> Dossier:
    """Put a second submission into the dossier that has its id; its phone then reads that, too.

    `version`: the dossier's, as the person saw it; `choices` as in `dossiers.uniting`. Raises
    `dossier-changed`, `dossier-unknown` and what joining raises.
    """
    row = await _waiting(desk, mutation_id)
    opened = read_signed(bytes(row.signed))
    async with transaction() as connection:
        await _claim(connection, desk, row)
        sender = await vouched(opened)
        found = Dossier.filter(id=row.dossier_id).using_db(connection)
        dossier = await found.select_for_update().get_or_none()
        if dossier is None or row.kind != "dossier.submit" or not _may_decide(desk, row, dossier):
            raise Problem("dossier-unknown")
        if dossier.version != version:
            raise Problem("dossier-changed")
        if sender.device is None:
            await devices.register(connection, opened.point, desk.now)
        if dossier.device_id != opened.device_id:
            await open_on(connection, opened.device_id, dossier.id, desk.now)
        actor = desk.visitor.actor("decide", dossier.commune_code)
        office = Office(desk.now, desk.working, storage, forms)
        filed = filing_of(opened, sender)
        await unite(connection, dossier, filed, choices, actor, office, mutation=str(row.id))
        await Mutation.filter(id=row.id).using_db(connection).update(filed_as=dossier.id)
        await _record(connection, desk, row, "joined")
        return dossier


async def reject(desk: Desk, mutation_id: uuid.UUID, reason: str) -> None:
    """Leave it unapplied, with the reason; it stays as evidence."""
    if not reason.strip():
        raise Problem("input-missing", {"field": "reason"})
    row = await _waiting(desk, mutation_id)
    async with transaction() as connection:
        await _claim(connection, desk, row)
        await _record(connection, desk, row, "rejected", reason.strip()[:2000])


def _may_decide(desk: Desk, row: Mutation, dossier: Dossier) -> bool:
    return desk.visitor.may("decide", row.commune_code) and desk.visitor.may(
        "decide", dossier.commune_code
    )


async def _waiting(desk: Desk, mutation_id: uuid.UUID) -> Mutation:
    row = await Mutation.get_or_none(id=mutation_id)
    if row is None or not desk.visitor.may("decide", row.commune_code):
        raise Problem("dossier-unknown")
    return row


async def _claim(connection: BaseDBAsyncClient, desk: Desk, row: Mutation) -> None:
    """Of two people deciding at once one goes on."""
    mine = Mutation.filter(id=row.id, verdict="held", decided_at=None).using_db(connection)
    if not await mine.update(decided_at=desk.now, decided_by=desk.visitor.id):
        raise Problem("dossier-changed")


async def _record(
    connection: BaseDBAsyncClient, desk: Desk, row: Mutation, decision: str, note: str = ""
) -> None:
    await events.append(
        connection,
        "mutation.decided",
        desk.visitor.actor("decide", row.commune_code),
        desk.now,
        commune_code=row.commune_code,
        data={"mutation": str(row.id), "decision": decision, **({"note": note} if note else {})},
    )
