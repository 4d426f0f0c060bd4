"""Envelopes in, verdicts out: exactly one effect for each mutation, however often it comes.

The mutation's row is written first; its primary key is the lock. Of twenty copies arriving at once
one writes it and nineteen wait, find it and give the same receipt. A refusal undoes the row with
everything else, so nothing is stored half. Each envelope has its own transaction here; `settle`
takes the caller's, so several may share one.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from .. import events
from ..attachments.models import Blob
from ..database import transaction
from ..dossiers.filing import Filing, Office
from ..dossiers.numbering import code_of
from ..dossiers.photographs import expect
from ..errors import Problem
from ..events import Actor
from ..identity import devices
from ..keyring import Keyring
from ..results import receipts
from ..results.receipts import Receipt
from .envelopes import Opened, open_envelope
from .filings import device_time, filing_of
from .models import Mutation
from .mutations import perform, target_of, theirs_of
from .protocol import Envelope, Received, Verdict
from .reconcile import Facts, Remembered, decide
from .senders import sender_of

log = logging.getLogger("hoso")


@dataclass(frozen=True, slots=True)
class Reception:
    """The server's side of a delivery: its keys, its name, its time and calendar."""

    keyring: Keyring
    origin: str
    office: Office


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutation; `problem` for the unhappy verdicts."""

    verdict: str
    receipt: str = ""
    problem: Problem | None = None
    theirs: dict[str, str] | None = None


async def apply(
    reception: Reception, envelopes: Sequence[Envelope], presented: str | None, language: str
) -> tuple[list[Verdict], list[str]]:
    """Verdicts in order, and the digests of pages still wanted for them.

    An envelope that met a fault of ours gets no verdict: its phone keeps it and tries again.
    """
    verdicts: list[Verdict] = []
    missing: list[str] = []
    for envelope in envelopes:
        opened: Opened | None = None
        try:
            opened = await asyncio.to_thread(open_envelope, reception.keyring.agency, envelope)
            async with transaction() as connection:
                outcome = await settle(connection, reception, opened, presented)
        except Problem as problem:
            outcome = Outcome("refused", problem=problem)
        except Exception:
            log.exception("no verdict for mutation %s", envelope.id)
            continue
        verdict, wanted = await _told(envelope.id, outcome, opened, language)
        verdicts.append(verdict)
        missing += wanted
    return verdicts, missing


async def settle(
    connection: BaseDBAsyncClient, reception: Reception, opened: Opened, presented: str | None
) -> Outcome:
    """The whole of one mutation inside the caller's transaction. Raises what it is refused with."""
    now = reception.office.now
    row = _row(opened, reception)
    remembered = None if await _is_first(row) else await Mutation.get(id=row.id)
    if remembered is not None:
        known = Remembered(remembered.digest, remembered.verdict)
        decision = decide(Facts(opened.digest, known))
        if decision.verdict == "refused":
            raise Problem(decision.reason)
        theirs = None
        if decision.verdict == "conflict":
            theirs = await theirs_of(filing_of(opened, await sender_of(opened, presented)))
        problem = Problem(decision.reason) if decision.reason else None
        return Outcome(decision.verdict, remembered.receipt, problem, theirs)

    sender = await sender_of(opened, presented)
    filed = filing_of(opened, sender)
    target = await target_of(connection, opened.payload.kind, filed, sender, reception.office)
    version = target.dossier.version if target.dossier else 0
    decision = decide(
        Facts(
            digest=opened.digest,
            remembered=None,
            base=opened.payload.base,
            version=version,
            misfit=target.misfit,
            doubt=sender.doubt,
        )
    )
    if decision.verdict == "refused":
        state = target.dossier.state if target.dossier else ""
        raise Problem(decision.reason, {"state": state})
    if decision.verdict == "conflict":
        await _remember(connection, row, decision.verdict, decision.reason)
        theirs = await theirs_of(filed)
        return Outcome("conflict", problem=Problem(decision.reason), theirs=theirs)
    number = target.dossier.number if target.dossier else None
    receipt = _receipt(reception, opened, decision.verdict, number)
    if decision.verdict == "held":
        await _hold(connection, row, filed, reception)
    else:
        if sender.device is None:
            await devices.register(connection, opened.point, now)
        await perform(connection, target, filed, reception.office)
    await _remember(connection, row, decision.verdict, decision.reason, receipt)
    return Outcome(decision.verdict, receipt)


async def _is_first(row: Mutation) -> bool:
    """Write the row, or wait for the copy that is writing it and learn that it is there."""
    try:
        async with in_transaction() as savepoint:
            await row.save(using_db=savepoint, force_create=True)
    except IntegrityError:
        return False
    return True


def _row(opened: Opened, reception: Reception) -> Mutation:
    payload = opened.payload
    at, now = device_time(payload), reception.office.now
    return Mutation(
        id=uuid.UUID(payload.id),
        digest=opened.digest,
        kind=payload.kind,
        dossier_id=uuid.UUID(payload.dossier),
        commune_code=payload.commune,
        device_id=opened.device_id,
        verdict="",
        signed=opened.signed,
        device_at=at,
        received_at=now,
        skew_seconds=int((now - at).total_seconds()),
    )


async def _remember(
    connection: BaseDBAsyncClient, row: Mutation, verdict: str, reason: str, receipt: str = ""
) -> None:
    mine = Mutation.filter(id=row.id).using_db(connection)
    await mine.update(verdict=verdict, reason=reason, receipt=receipt)


async def _hold(
    connection: BaseDBAsyncClient, row: Mutation, filed: Filing, reception: Reception
) -> None:
    """Keep it for a person to decide; its pages may come already."""
    await expect(connection, filed.pages, reception.office.now)
    await events.append(
        connection,
        "mutation.held",
        Actor("citizen", device_id=row.device_id),
        reception.office.now,
        commune_code=row.commune_code,
        data={"mutation": str(row.id), "kind": row.kind},
    )


def _receipt(reception: Reception, opened: Opened, verdict: str, number: str | None) -> str:
    payload = opened.payload
    return receipts.issue(
        reception.keyring.receipts,
        Receipt(
            iss=reception.origin,
            jti=payload.id,
            sub=payload.dossier,
            iat=int(reception.office.now.timestamp()),
            kind=payload.kind,
            verdict=verdict,
            digest=opened.digest,
            pages=[page.digest for page in payload.pages],
            device=opened.device_id,
            at=payload.at,
            code=code_of(uuid.UUID(payload.dossier)),
            number=number,
        ),
    )


async def _told(
    mutation_id: str, outcome: Outcome, opened: Opened | None, language: str
) -> tuple[Verdict, list[str]]:
    verdict = Verdict(id=mutation_id, verdict=outcome.verdict)
    if outcome.problem:
        verdict.problem = outcome.problem.document(language)
        verdict.theirs = outcome.theirs
        return verdict, []
    verdict.receipt = outcome.receipt
    digests = [page.digest for page in opened.payload.pages] if opened else []
    held = {blob.digest for blob in await Blob.filter(digest__in=digests)} if digests else set()
    verdict.pages = Received(received=len(held), total=len(digests))
    return verdict, [digest for digest in digests if digest not in held]
