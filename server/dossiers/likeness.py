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
from ..rows import Insert, Look, columns_of, look_up, write_all
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
    """A dossier as far as likeness goes."""

    id: uuid.UUID
    procedure: str
    commune: str
    answers: Answers


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


async def sameness_of(connection: BaseDBAsyncClient, procedures: Iterable[str]) -> Sameness:
    """The groups of questions of procedures."""
    (found,) = await look_up([sameness_sought(procedures)], connection)
    return sameness_from(found)


def marks_of(dossier: Told, sameness: Sequence[Sequence[str]], storage: bytes) -> list[NewLikeness]:
    """The fingerprints of a dossier, as they are kept."""
    found = prints(storage, dossier.procedure, sameness, dossier.answers)
    return [NewLikeness(uuid.uuid4(), mark, dossier.id) for mark in found]


def bearers_sought(marks: Iterable[NewLikeness]) -> Look:
    """Who bears these fingerprints already, for `tell_alike`.

    To be looked for once the caller has locked the event log: that lets one of two see the other.
    """
    sought = sorted({mark.print for mark in marks})
    return Look(Likeness, ("print", "dossier_id"), "print", sought)


async def tell_alike(
    connection: BaseDBAsyncClient,
    marks: Sequence[NewLikeness],
    bearers: Iterable[tuple[Any, ...]],
    communes: Mapping[uuid.UUID, str],
    now: datetime,
) -> None:
    """Tell on both timelines what bears one of these new fingerprints, before or among them."""
    known = _by_print(bearers)
    pairs: dict[tuple[uuid.UUID, uuid.UUID], None] = {}
    for mark in marks:
        for other in sorted(known[mark.print] - {mark.dossier_id})[:MOST]:
            pairs[mark.dossier_id, other] = None
        known[mark.print].add(mark.dossier_id)
    if pairs:
        await _tell(connection, pairs, communes, now)


async def renew(
    connection: BaseDBAsyncClient, dossier: Told, storage: bytes, now: datetime
) -> None:
    """After answers changed: what no longer holds is forgotten, what it is newly alike is told.

    The caller has appended to the event log.
    """
    sameness = await sameness_of(connection, [dossier.procedure])
    marks = marks_of(dossier, sameness.get(dossier.procedure, []), storage)
    mine = Likeness.filter(dossier_id=dossier.id).using_db(connection)
    await mine.exclude(print__in=[*(mark.print for mark in marks), ""]).delete()
    bearers = await columns_of(*bearers_sought(marks), connection)
    known = _by_print(bearers)
    fresh = [mark for mark in marks if dossier.id not in known[mark.print]]
    await write_all(connection, [Insert(Likeness, fresh)])
    await tell_alike(connection, fresh, bearers, {dossier.id: dossier.commune}, now)


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


def _groups(stored: Any) -> list[list[str]]:
    """As the driver gives it: text, or decoded already."""
    groups: list[list[str]] = msgspec.json.decode(stored) if isinstance(stored, str) else stored
    return groups


def _by_print(bearers: Iterable[tuple[Any, ...]]) -> defaultdict[str, set[uuid.UUID]]:
    found: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
    for mark, dossier in bearers:
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
