"""The event log: one fact per row, appended in the transaction that made it true, in one unbroken
chain.

Sequence numbers are handed out by a single row whose lock is held until commit. So numbers become
visible in order: a reader who has seen
number *n* never finds a smaller one later, on SQLite and PostgreSQL alike, and a cursor over `seq`
skips nothing. Each event carries
the hash of the one before it; `verify` finds any edit, deletion or reordering.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from tortoise import fields
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.indexes import Index
from tortoise.models import Model

from .clock import iso
from .rows import Change, Insert, numbered, write_all

FIRST_HASH = "0" * 64
_ENCODER = msgspec.json.Encoder(order="sorted")
NEXT = "UPDATE chain_head SET seq = seq + $1 WHERE id = 1 RETURNING seq, hash"
LINK = "UPDATE chain_head SET hash = $1 WHERE id = 1"


class ChainHead(Model):
    """Number and hash of the newest event, whose row lock orders the writers."""

    id = fields.IntField(primary_key=True)
    seq = fields.BigIntField()
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "chain_head"


class Event(Model):
    """One fact, `subject.verb_past`. Never changed, never deleted."""

    seq = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=60)
    dossier_id = fields.UUIDField(null=True)
    commune_code = fields.CharField(max_length=5, null=True)
    actor_id = fields.UUIDField(null=True)
    actor_role = fields.CharField(max_length=20)
    actor_name = fields.CharField(max_length=200, default="")
    device_id = fields.CharField(max_length=43, null=True)
    at = fields.DatetimeField()
    data: dict[str, Any] = fields.JSONField(default=dict)
    previous = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "event"
        indexes = [Index(fields=("dossier_id", "seq")), Index(fields=("commune_code", "seq"))]


class NewEvent(NamedTuple):
    """An event as it is written: the columns of `Event`."""

    seq: int
    name: str
    dossier_id: uuid.UUID | None
    commune_code: str | None
    actor_id: uuid.UUID | None
    actor_role: str
    actor_name: str
    device_id: str | None
    at: datetime
    data: dict[str, Any]
    previous: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, as it reads in the timeline.

    `role`: citizen, officer, clerk, specialist, approver, administrator, system.
    """

    role: str
    name: str = ""
    person_id: uuid.UUID | None = None
    device_id: str | None = None


SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened, before it has a number in the log."""

    name: str
    actor: Actor
    at: datetime
    dossier_id: uuid.UUID | None = None
    commune_code: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


async def append(
    connection: BaseDBAsyncClient,
    name: str,
    actor: Actor,
    at: datetime,
    *,
    dossier_id: uuid.UUID | None = None,
    commune_code: str | None = None,
    data: dict[str, Any] | None = None,
) -> NewEvent:
    """Append one fact inside the caller's transaction and give it its number."""
    fact = Fact(name, actor, at, dossier_id, commune_code, data or {})
    (event,) = await append_all(connection, [fact])
    return event


async def append_all(connection: BaseDBAsyncClient, facts: Sequence[Fact]) -> list[NewEvent]:
    """Append facts in their order inside the caller's transaction; their numbers follow each other.

    The chain stays locked until that transaction ends, so whoever appends takes every other lock
    before: two transactions then never wait for each other.
    """
    events = await chained(connection, facts)
    if events:
        await write_all(connection, [Insert(Event, events)], link(events))
    return events


async def chained(connection: BaseDBAsyncClient, facts: Sequence[Fact]) -> list[NewEvent]:
    """`append_all` without its writing: the caller writes the events, with `link`, before the end
    of the transaction, together with whatever else it has to write.
    """
    if not facts:
        return []
    following = numbered(connection, NEXT)
    rows = await connection.execute_query_dict(following, [len(facts)])
    if not rows:
        # Of several first events at once one makes the row; the others wait for its commit here.
        first = ChainHead(id=1, seq=0, hash=FIRST_HASH)
        await ChainHead.bulk_create([first], ignore_conflicts=True, using_db=connection)
        rows = await connection.execute_query_dict(following, [len(facts)])
    previous: str = rows[0]["hash"]
    events = []
    for seq, fact in enumerate(facts, rows[0]["seq"] - len(facts) + 1):
        event = _event(fact, seq, previous)
        events.append(event)
        previous = event.hash
    return events


def link(events: Sequence[NewEvent]) -> Change:
    """What ties the next event to the last of these."""
    return Change(LINK, [events[-1].hash])


def _event(fact: Fact, seq: int, previous: str) -> NewEvent:
    event = NewEvent(
        seq=seq,
        name=fact.name,
        dossier_id=fact.dossier_id,
        commune_code=fact.commune_code,
        actor_id=fact.actor.person_id,
        actor_role=fact.actor.role,
        actor_name=fact.actor.name,
        device_id=fact.actor.device_id,
        at=fact.at.replace(microsecond=0),
        data=fact.data,
        previous=previous,
    )
    return event._replace(hash=digest(event))


def digest(event: Event | NewEvent) -> str:
    """SHA-256 over the previous hash and every column as JSON, its keys sorted; in hex."""
    text = _ENCODER.encode(
        [
            event.previous,
            event.seq,
            event.name,
            str(event.dossier_id or ""),
            event.commune_code or "",
            str(event.actor_id or ""),
            event.actor_role,
            event.actor_name,
            event.device_id or "",
            iso(event.at),
            event.data,
        ]
    )
    return hashlib.sha256(text).hexdigest()


async def verify() -> int | None:
    """Walk the whole chain; others may append to it meanwhile.

    The number of the first event that does not fit, or nothing when all do.
    """
    head = await ChainHead.get_or_none(id=1)
    last = head.seq if head else 0
    previous, expected, start = FIRST_HASH, 1, 0
    walk = Event.filter(seq__lte=last).order_by("seq")
    while rows := await walk.filter(seq__gt=start).limit(1000):
        for event in rows:
            if event.seq != expected or event.previous != previous or event.hash != digest(event):
                return expected
            previous, expected, start = event.hash, expected + 1, event.seq
    if last != expected - 1 or (head and head.hash != previous):
        return expected
    beyond = await Event.filter(seq__gt=last).order_by("-seq").first()
    now = await ChainHead.get_or_none(id=1)
    return last + 1 if beyond and beyond.seq > (now.seq if now else 0) else None
