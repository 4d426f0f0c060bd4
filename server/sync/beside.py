"""A second submission under the id of a dossier that is there already.

Two phones went on with one draft, an app was put back from a copy, or a phone wrote anew what it
had handed on as a file. The same content needs nothing done: it is at the desk. Other content is
somebody's work and is not lost: it is held, and when a person at the desk accepts it, it becomes a
dossier of its own beside the first, under an id that follows from its mutation's. Nothing of the
dossier that is there is told to who sent it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q

from .envelopes import read_signed
from .models import Mutation
from .payload import Payload

_DOMAIN = b"hoso/beside/v1\0"


async def filed_under(
    connection: BaseDBAsyncClient, dossiers: Iterable[str]
) -> dict[str, list[Payload]]:
    """What was submitted under the ids of these dossiers and is at the desk, by dossier.

    What waits there for a decision, or was rejected, is not among it; nor is what was erased.
    """
    found: dict[str, list[Payload]] = {one: [] for one in dossiers}
    if not found:
        return found
    settled = Q(verdict="applied") | Q(filed_as__isnull=False)
    rows = Mutation.filter(settled, dossier_id__in=sorted(found), kind="dossier.submit")
    for row in await rows.using_db(connection):
        if signed := bytes(row.signed):
            found[str(row.dossier_id)].append(read_signed(signed).payload)
    return found


def is_among(payload: Payload, others: Sequence[Payload]) -> bool:
    """Whether one of the others says the same about the same (pure)."""
    return any(_content(payload) == _content(one) for one in others)


def beside_id(mutation_id: uuid.UUID) -> uuid.UUID:
    """The id of the dossier that a held submission becomes where its own is taken (pure)."""
    digest = hashlib.sha256(_DOMAIN + str(mutation_id).encode()).digest()
    return uuid.UUID(bytes=digest[:16], version=4)


def _content(payload: Payload) -> tuple[Any, ...]:
    """What is filed, without when and by whom it was sent."""
    pages = sorted((page.path, page.name, page.digest) for page in payload.pages)
    applicant = payload.applicant
    return (
        (payload.procedure, payload.form, payload.commune),
        payload.answers,
        pages,
        (applicant.name, applicant.id_number, applicant.phone),
    )
