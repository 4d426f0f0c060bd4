"""Exactly one effect for each mutation, however often and however close together it comes.

New dossiers that arrive together share a transaction (`rounds`); whatever changes a dossier that is
there has one of its own, and so has each that a round could not settle. The mutation's primary key
is the lock: of twenty copies one writes its row, the others find it and give the same receipt. A
refusal undoes everything, so nothing is stored half.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError

from .. import events
from ..database import transaction
from ..direct import in_one_go
from ..dossiers.photographs import expect
from ..errors import Problem
from ..events import Fact
from ..http import is_storage_full
from ..identity import devices
from ..rows import Insert, columns_of, write_all
from .arrivals import (
    NO_ROOM,
    NO_VERDICT,
    Arrival,
    Outcome,
    Reception,
    held_fact,
    receipt_of,
    refused,
    row_of,
    skew_of,
)
from .filings import filing_of
from .models import Mutation
from .mutations import perform, target_of, theirs_of
from .reconcile import Facts, Remembered, decide
from .rounds import settle_submissions
from .senders import sender_of

log = logging.getLogger("hoso")


async def settle(receive: Callable[[], Reception], arrivals: Sequence[Arrival]) -> list[Outcome]:
    """Outcomes in order, each lasting by now; `receive` tells the server's side as it is now."""
    outcomes: dict[int, Outcome] = {}
    together = _without_doubles(arrivals)
    if together:
        given = [arrivals[at] for at in together]
        try:
            settled = await in_one_go(lambda found: settle_submissions(found, receive(), given))
        except Exception as error:
            log.warning("%d mutations are settled one by one: %s", len(together), error)
        else:
            outcomes = dict(zip(together, settled, strict=True))
            outcomes = await _without_late_copies(arrivals, outcomes)
    for at, arrival in enumerate(arrivals):
        if at not in outcomes:
            outcomes[at] = await settle_alone(receive(), arrival)
    return [outcomes[at] for at in range(len(arrivals))]


def _without_doubles(arrivals: Sequence[Arrival]) -> list[int]:
    """Places of the submissions that have nothing to do with each other."""
    seen: set[str] = set()
    found = []
    for at, arrival in enumerate(arrivals):
        names = {f"mutation {arrival.id}", f"dossier {arrival.opened.payload.dossier}"}
        if arrival.is_submission and not names & seen:
            found.append(at)
            seen |= names
    return found


async def _without_late_copies(
    arrivals: Sequence[Arrival], outcomes: dict[int, Outcome]
) -> dict[int, Outcome]:
    """Leave out what was refused only because another process settled a copy a moment before."""
    doubtful = [at for at, outcome in outcomes.items() if outcome.verdict == "refused"]
    if not doubtful:
        return outcomes
    known = await remembered([arrivals[at].id for at in doubtful])
    late = {at for at in doubtful if arrivals[at].id in known}
    return {at: outcome for at, outcome in outcomes.items() if at not in late}


async def settle_alone(reception: Reception, arrival: Arrival) -> Outcome:
    """The outcome of one mutation in its own transaction; a fault of ours gives no verdict."""
    try:
        try:
            async with transaction() as connection:
                return await _settle_new(connection, reception, arrival)
        except (IntegrityError, Problem):
            # A copy may have been settled a moment before, here or in another process.
            if known := await remembered([arrival.id]):
                return await repeat(known[arrival.id], arrival)
            raise
    except Problem as problem:
        return refused(problem)
    except Exception as error:
        log.exception("no verdict for mutation %s", arrival.id)
        return NO_ROOM if is_storage_full(error) else NO_VERDICT


class Settled(NamedTuple):
    """What was answered to a mutation before."""

    digest: str
    verdict: str
    receipt: str
    reason: str


async def remembered(mutation_ids: Sequence[str]) -> dict[str, Settled]:
    """Those of the mutations that have a lasting verdict already."""
    names = ("id", *Settled._fields)
    found = await columns_of(Mutation, names, "id", mutation_ids)
    return {str(id_): Settled(*told) for id_, *told in found}


async def repeat(row: Settled, arrival: Arrival) -> Outcome:
    """The answer given before. Raises `mutation-reused` for other content."""
    decision = decide(Facts(arrival.opened.digest, Remembered(row.digest, row.verdict)))
    if decision.verdict == "refused":
        raise Problem(decision.reason)
    theirs = None
    if decision.verdict == "conflict":
        sender = await sender_of(arrival.opened, arrival.presented)
        theirs = await theirs_of(filing_of(arrival.opened, sender))
    problem = Problem(decision.reason) if decision.reason else None
    held_for = row.reason if row.verdict == "held" else ""
    return Outcome(decision.verdict, row.receipt, problem, theirs, held_for)


async def _settle_new(
    connection: BaseDBAsyncClient, reception: Reception, arrival: Arrival
) -> Outcome:
    """Raises what it is refused with, or `IntegrityError` for a copy of one just settled."""
    if arrival.is_submission:
        (outcome,) = await settle_submissions(connection, reception, [arrival])
        if outcome.problem and outcome.verdict == "refused":
            raise outcome.problem
        return outcome
    opened, office = arrival.opened, reception.office
    row = row_of(arrival, reception)
    await write_all(connection, [Insert(Mutation, [row])])
    sender = await sender_of(opened, arrival.presented)
    filed = filing_of(opened, sender, skew_of(arrival, office.now))
    target = await target_of(connection, opened.payload.kind, filed, sender, office)
    dossier = target.dossier
    decision = decide(
        Facts(
            digest=opened.digest,
            remembered=None,
            base=opened.payload.base,
            version=dossier.version if dossier else 0,
            misfit=target.misfit,
            doubt=sender.doubt,
        )
    )
    if decision.verdict == "refused":
        raise Problem(decision.reason, {"state": dossier.state if dossier else ""})
    receipt, theirs, problem = "", None, None
    if decision.verdict == "conflict":
        theirs, problem = await theirs_of(filed), Problem(decision.reason)
    else:
        number = dossier.number if dossier else None
        receipt = receipt_of(opened, reception, decision.verdict, number)
    mine = Mutation.filter(id=row.id).using_db(connection)
    await mine.update(verdict=decision.verdict, reason=decision.reason, receipt=receipt)
    if decision.verdict == "conflict" and dossier:
        # Both texts are kept, and people at the desk learn that there are two.
        told = Fact(
            "dossier.conflicted",
            filed.actor,
            office.now,
            dossier.id,
            dossier.commune_code,
            {"mutation": str(row.id)},
        )
        await events.append_all(connection, [told])
    elif decision.verdict == "held":
        await expect(connection, filed.pages, office.now)
        await events.append_all(connection, [held_fact(opened, office.now)])
    elif decision.verdict == "applied":
        if sender.device is None:
            await devices.register(connection, opened.point, office.now)
        await perform(connection, target, filed, office)
    held_for = decision.reason if decision.verdict == "held" else ""
    return Outcome(decision.verdict, receipt, problem, theirs, held_for)
