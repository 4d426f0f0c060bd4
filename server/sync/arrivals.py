"""A mutation that has arrived and what became of it: the records both ways of settling share."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..dossiers.checks import OLDEST
from ..dossiers.filing import Filing, Office
from ..dossiers.numbering import code_of
from ..dossiers.submitting import Prepared, prepare
from ..errors import Problem
from ..events import Actor, Fact
from ..keyring import Keyring
from ..results import receipts
from ..results.receipts import Receipt
from .envelopes import Opened
from .filings import device_time
from .models import NewMutation


@dataclass(frozen=True, slots=True)
class Reception:
    """The server's side of a delivery: its keys, its name, its time and calendar.

    `sameness` is what the last round read of the procedures; a round adds what it reads.
    """

    keyring: Keyring
    origin: str
    office: Office
    sameness: dict[str, list[list[str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """What is worked out of a sound submission while no lock is held.

    `row` is how it is remembered if it is applied, its receipt signed; `prepared` is the dossier it
    comes to if nobody is known to stand behind it.
    """

    row: NewMutation
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Arrival:
    """An opened mutation; `presented` is the device that made the request.

    `fault` is what its content is refused with, found before any transaction. `clock` is by how
    many seconds the clock of that device was behind ours, when it said what it shows. `ready` is
    worked out beforehand; without it everything is worked out in the transaction.
    """

    opened: Opened
    presented: str | None
    fault: Problem | None = None
    clock: int | None = None
    ready: Ready | None = None

    @property
    def id(self) -> str:
        """The mutation's id."""
        return self.opened.payload.id

    @property
    def is_submission(self) -> bool:
        """Whether it files a new dossier."""
        return self.opened.payload.kind == "dossier.submit"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutation; `problem` for the unhappy verdicts, `reason` why it is held.

    Without a verdict it met a fault of ours: its phone keeps it and tries again.
    """

    verdict: str
    receipt: str = ""
    problem: Problem | None = None
    theirs: dict[str, str] | None = None
    reason: str = ""


NO_VERDICT = Outcome("")
# The same, because the disk is full.
NO_ROOM = Outcome("", problem=Problem("storage-full"))


def refused(problem: Problem) -> Outcome:
    """Nothing of it is kept."""
    return Outcome("refused", problem=problem)


def skew_of(arrival: Arrival, now: datetime) -> int:
    """By how many seconds the clock of the phone that signed is behind ours (negative: ahead).

    Known when that phone itself delivers. Otherwise a mutation may have waited for weeks, and only
    one that comes from the future, or from before any waiting, tells anything.
    """
    if arrival.clock is not None and arrival.presented == arrival.opened.device_id:
        return arrival.clock
    waited = now - device_time(arrival.opened.payload)
    return 0 if timedelta(0) <= waited <= OLDEST else int(waited.total_seconds())


def row_of(arrival: Arrival, reception: Reception) -> NewMutation:
    """The mutation as it is remembered, its verdict still open. Raises `request-malformed`."""
    opened = arrival.opened
    payload = opened.payload
    at, now = device_time(payload), reception.office.now
    return NewMutation(
        id=uuid.UUID(payload.id),
        digest=opened.digest,
        kind=payload.kind,
        dossier_id=uuid.UUID(payload.dossier),
        commune_code=payload.commune,
        device_id=opened.device_id,
        signed=opened.signed,
        device_at=at,
        received_at=now,
        skew_seconds=skew_of(arrival, now),
    )


def ready_of(arrival: Arrival, filed: Filing, reception: Reception) -> Ready:
    """What a submission whose content is sound comes to, by what is known without the database.

    Raises `request-malformed`.
    """
    row = row_of(arrival, reception)._replace(
        verdict="applied", receipt=receipt_of(arrival.opened, reception, "applied")
    )
    sameness = reception.sameness.get(filed.procedure)
    return Ready(row, prepare(filed, reception.office, sameness))


def receipt_of(
    opened: Opened, reception: Reception, verdict: str, number: str | None = None
) -> str:
    """The signed receipt of a verdict; `number` is the dossier's when it has one."""
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


def held_fact(opened: Opened, now: datetime) -> Fact:
    """That a mutation is kept for a person to decide."""
    payload = opened.payload
    return Fact(
        "mutation.held",
        Actor("citizen", device_id=opened.device_id),
        now,
        commune_code=payload.commune,
        data={"mutation": payload.id, "kind": payload.kind},
    )
