"""Many new dossiers in one transaction, with as few statements as one needs.

What is known of all of them is read first, each is judged by that alone, and then everything is
written together. Locks are taken in one order, each kind sorted: mutations, devices, pages, the
event log. So processes that settle at the same time never wait for each other in a circle; what
they do meet in (one mutation, one dossier) fails the round, and each is then settled alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient

from .. import events
from ..dossiers.checks import Openings, openings_from, openings_sought
from ..dossiers.likeness import Sameness, sameness_from, sameness_sought
from ..dossiers.models import Dossier
from ..dossiers.photographs import expect
from ..dossiers.submitting import Prepared, prepare, submit_all
from ..errors import Problem
from ..identity import devices
from ..identity.models import Device
from ..rows import Insert, Look, look_up, write_all
from . import beside
from .arrivals import Arrival, Outcome, Reception, held_fact, receipt_of, refused, row_of, skew_of
from .filings import filing_of
from .models import Mutation, NewMutation
from .payload import Payload
from .reconcile import Facts, decide
from .senders import Register, Sender, devices_sought, register_from


@dataclass(frozen=True, slots=True)
class _Judged:
    """A submission with its verdict; `row` is how it will be remembered.

    `is_there`: the same content is at the desk already.
    """

    arrival: Arrival
    sender: Sender
    prepared: Prepared
    row: NewMutation
    is_there: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    """What all are judged by; `versions` of the dossiers that are there already, by id."""

    register: Register
    taken: Openings
    versions: Mapping[str, int]
    filed: Mapping[str, Sequence[Payload]]
    sameness: Sameness


async def settle_submissions(
    connection: BaseDBAsyncClient, reception: Reception, arrivals: Sequence[Arrival]
) -> list[Outcome]:
    """Outcomes in order. No two are of the same mutation or the same dossier.

    Raises `IntegrityError` when another process was quicker with one of them.
    """
    standing = await _standing(connection, reception, arrivals)
    outcomes: dict[str, Outcome] = {}
    judged: list[_Judged] = []
    for arrival in arrivals:
        try:
            judged.append(_judge(arrival, reception, standing))
        except Problem as problem:
            outcomes[arrival.id] = refused(problem)
    await _write(connection, reception, judged, standing.sameness)
    for one in judged:
        held_for = one.row.reason if one.row.verdict == "held" else ""
        outcomes[one.arrival.id] = Outcome(one.row.verdict, one.row.receipt, reason=held_for)
    return [outcomes[arrival.id] for arrival in arrivals]


async def _standing(
    connection: BaseDBAsyncClient, reception: Reception, arrivals: Sequence[Arrival]
) -> _Standing:
    openeds = [arrival.opened for arrival in arrivals]
    payloads = [one.payload for one in openeds]
    *taken, known, there, same = await look_up(
        [
            *openings_sought(
                (one.procedure for one in payloads), (one.commune for one in payloads)
            ),
            devices_sought(openeds),
            Look(Dossier, ("id", "version"), "id", [one.dossier for one in payloads]),
            sameness_sought(one.procedure for one in payloads),
        ],
        connection,
    )
    versions = {str(id_): version for id_, version in there}
    sameness = sameness_from(same)
    reception.sameness.update(sameness)
    return _Standing(
        await register_from(known, openeds),
        openings_from(taken, reception.office.now),
        versions,
        await beside.filed_under(connection, versions),
        sameness,
    )


def _judge(arrival: Arrival, reception: Reception, standing: _Standing) -> _Judged:
    """Raises the problem it is refused with."""
    opened = arrival.opened
    sender = standing.register.sender(opened, arrival.presented)
    payload = opened.payload
    standing.taken.check(payload.procedure, payload.form, payload.commune)
    if arrival.fault:
        raise arrival.fault
    version = standing.versions.get(payload.dossier, 0)
    is_there = beside.is_among(payload, standing.filed.get(payload.dossier, ()))
    decision = decide(
        Facts(
            digest=opened.digest,
            remembered=None,
            base=payload.base,
            version=version,
            misfit="dossier-exists" if version and not is_there else "",
            doubt=sender.doubt,
        )
    )
    ready = arrival.ready
    if ready and decision.verdict == "applied":
        row = ready.row
    else:
        row = row_of(arrival, reception)._replace(
            verdict=decision.verdict,
            reason=decision.reason,
            receipt=receipt_of(opened, reception, decision.verdict),
        )
    if ready and sender.is_nobody:
        prepared = ready.prepared
    else:
        had_at = row.received_at
        filed = filing_of(opened, sender, skew_of(arrival, had_at), had_at)
        prepared = prepare(filed, reception.office, standing.sameness.get(filed.procedure))
    return _Judged(arrival, sender, prepared, row, is_there)


async def _write(
    connection: BaseDBAsyncClient,
    reception: Reception,
    judged: Sequence[_Judged],
    sameness: Sameness,
) -> None:
    if not judged:
        return
    now = reception.office.now
    rows = sorted((one.row for one in judged), key=lambda row: row.id)
    await write_all(connection, [Insert(Mutation, rows)])
    applied = [one for one in judged if one.row.verdict == "applied"]
    held = [one for one in judged if one.row.verdict == "held"]
    fresh = {one.arrival.opened.point for one in applied if one.sender.device is None}
    if fresh:
        named = sorted((devices.device_id(point), point) for point in fresh)
        unseen = [Device(id=name, point=point, registered_at=now) for name, point in named]
        await Device.bulk_create(unseen, ignore_conflicts=True, using_db=connection)
    if held:
        # Locks the pages of all at once, so that none is waited for while others are locked.
        await expect(
            connection, [page for one in judged for page in one.prepared.filing.pages], now
        )
    new = [one.prepared for one in applied if not one.is_there]
    await submit_all(connection, new, reception.office, sameness)
    await events.append_all(connection, [held_fact(one.arrival.opened, now) for one in held])
