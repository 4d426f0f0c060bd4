"""Dossiers that may be about the same thing: one child, registered by two officers in two houses.

Each procedure names the answers that tell (`sameness` in its `procedure.yaml`): groups of
questions, any of which is enough. Names are folded, numbers and dates reduced to their digits, and
a keyed digest of each group is kept. What is alike is shown to people side by side, never merged.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from tortoise.backends.base.client import BaseDBAsyncClient

from .. import base64url
from ..events import SYSTEM, Fact, append_all
from ..forms.models import Procedure
from ..rows import Look, columns_of, insert_all, look_up
from .answers import Answers, values_at
from .folded import fold
from .models import Dossier, Likeness

_KEY = b"hoso/likeness/v1"
# What was turned down may be filed again by anybody, rightly.
TURNED_DOWN = ("refused", "stopped")
MOST = 20
# The groups of questions by procedure.
Sameness = Mapping[str, list[list[str]]]


class NewLikeness(NamedTuple):
    """A likeness as it is written: the columns of `Likeness`."""

    id: uuid.UUID
    print: str
    dossier_id: uuid.UUID


class Told(NamedTuple):
    """A dossier as far as likeness goes; `prints` when they were taken already."""

    id: uuid.UUID
    procedure: str
    commune: str
    answers: Answers
    prints: Sequence[str] | None = None


def prints(
    storage: bytes, procedure: str, sameness: Sequence[Sequence[str]], answers: Answers
) -> list[str]:
    """The fingerprints of a dossier, one a group whose questions are all answered (pure)."""
    key = _key(storage)
    found = []
    for group in sameness:
        said = [[_bare(value) for _, value in values_at(answers, place)] for place in group]
        if group and all(values and all(values) for values in said):
            content = msgspec.json.encode([procedure, list(group), said])
            found.append(base64url.encode(hmac.digest(key, content, hashlib.sha256)))
    return found


@functools.lru_cache(maxsize=4)
def _key(storage: bytes) -> bytes:
    return hmac.digest(storage, _KEY, "sha256")


def sameness_sought(procedures: Iterable[str]) -> Look:
    """What `sameness_from` needs to know of procedures."""
    return Look(Procedure, ("code", "sameness"), "code", sorted(set(procedures)))


def sameness_from(found: Iterable[tuple[Any, ...]]) -> Sameness:
    """The groups of questions of procedures, from what was found of them."""
    return {code: _groups(stored) for code, stored in found}


async def note(
    connection: BaseDBAsyncClient,
    dossiers: Sequence[Told],
    storage: bytes,
    now: datetime,
    sameness: Sameness | None = None,
) -> None:
    """Keep the fingerprints of dossiers, and tell on both timelines what each is newly alike.

    The caller has appended to the event log: its lock is what lets one of two see the other.
    """
    if sameness is None:
        sameness = await _sameness_of(connection, [one.procedure for one in dossiers])
    mine = {
        one.id: prints(storage, one.procedure, sameness.get(one.procedure, []), one.answers)
        if one.prints is None
        else one.prints
        for one in dossiers
    }
    marks = sorted({mark for marks in mine.values() for mark in marks})
    if not marks:
        return
    known = await _with(connection, marks)
    rows = [
        NewLikeness(uuid.uuid4(), mark, dossier)
        for dossier, marks in mine.items()
        for mark in marks
        if dossier not in known.get(mark, set())
    ]
    await insert_all(connection, Likeness, rows)
    pairs: dict[tuple[uuid.UUID, uuid.UUID], None] = {}
    for row in rows:
        for other in sorted(known[row.print] - {row.dossier_id})[:MOST]:
            pairs[row.dossier_id, other] = None
        known[row.print].add(row.dossier_id)
    if pairs:
        await _tell(connection, pairs, {one.id: one.commune for one in dossiers}, now)


async def renew(
    connection: BaseDBAsyncClient, dossier: Told, storage: bytes, now: datetime
) -> None:
    """The same after answers changed; what no longer holds is forgotten."""
    sameness = await _sameness_of(connection, [dossier.procedure])
    groups = sameness.get(dossier.procedure, [])
    held = prints(storage, dossier.procedure, groups, dossier.answers)
    mine = Likeness.filter(dossier_id=dossier.id).using_db(connection)
    await mine.exclude(print__in=[*held, ""]).delete()
    await note(connection, [dossier._replace(prints=held)], storage, now, sameness)


async def alike(dossier_id: uuid.UUID) -> list[Dossier]:
    """Dossiers that may be about the same as this one, oldest first."""
    marks = await Likeness.filter(dossier_id=dossier_id).values_list("print", flat=True)
    if not marks:
        return []
    found = Dossier.filter(likenesses__print__in=list(marks), state__not_in=TURNED_DOWN)
    return await found.exclude(id=dossier_id).distinct().order_by("submitted_at").limit(MOST)


def _bare(value: str) -> str:
    """What is compared of an answer: a number or a date by its digits, a name folded."""
    folded = fold(value)
    if any(letter.isalpha() for letter in folded):
        return folded
    return "".join([letter for letter in folded if letter.isdigit()])


async def _sameness_of(connection: BaseDBAsyncClient, procedures: Iterable[str]) -> Sameness:
    (found,) = await look_up([sameness_sought(procedures)], connection)
    return sameness_from(found)


def _groups(stored: Any) -> list[list[str]]:
    """As the driver gives it: text, or decoded already."""
    groups: list[list[str]] = msgspec.json.decode(stored) if isinstance(stored, str) else stored
    return groups


async def _with(
    connection: BaseDBAsyncClient, marks: Sequence[str]
) -> defaultdict[str, set[uuid.UUID]]:
    found: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
    rows = await columns_of(Likeness, ("print", "dossier_id"), "print", marks, connection)
    for mark, dossier in rows:
        found[mark].add(uuid.UUID(str(dossier)))
    return found


async def _tell(
    connection: BaseDBAsyncClient,
    pairs: Iterable[tuple[uuid.UUID, uuid.UUID]],
    communes: Mapping[uuid.UUID, str],
    now: datetime,
) -> None:
    given = list(pairs)
    others = sorted({str(other) for _, other in given})
    columns = ("id", "commune_code", "state")
    rows = await columns_of(Dossier, columns, "id", others, connection)
    standing = {uuid.UUID(str(id_)): (commune, state) for id_, commune, state in rows}
    facts = []
    for new, old in given:
        commune, state = standing[old]
        if state not in TURNED_DOWN:
            for one, other, where in ((new, old, communes[new]), (old, new, commune)):
                data = {"alike": str(other)}
                facts.append(Fact("dossier.found_alike", SYSTEM, now, one, where, data))
    await append_all(connection, facts)
