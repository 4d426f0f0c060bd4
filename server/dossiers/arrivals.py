"""Pages that arrive: the dossiers waiting for them are told, and how many have come is counted."""

from __future__ import annotations

import uuid
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import F

from ..database import transaction
from ..events import SYSTEM
from .models import Dossier, DossierPage
from .moves import append


async def page_received(digest: str, now: datetime) -> None:
    """A page has arrived: tell every dossier that waits for it. Safe to repeat.

    One transaction a dossier, and the dossier's row first, as everywhere: no two writers can wait
    for each other.
    """
    waiting = DossierPage.filter(digest=digest, received_at=None)
    for dossier_id in sorted({page.dossier_id for page in await waiting}):
        async with transaction() as connection:
            row = Dossier.filter(id=dossier_id).using_db(connection)
            await row.update(last_seq=F("last_seq"))
            mine = DossierPage.filter(dossier_id=dossier_id, digest=digest, received_at=None)
            if not await mine.using_db(connection).update(received_at=now):
                continue
            dossier = await Dossier.get(id=dossier_id, using_db=connection)
            counts = await page_counts([dossier_id], connection)
            received, total = counts.get(dossier_id, (0, 0))
            data = {"received": received, "total": total}
            await append(connection, dossier, "page.received", SYSTEM, now, data)


async def page_counts(
    dossier_ids: list[uuid.UUID], connection: BaseDBAsyncClient | None = None
) -> dict[uuid.UUID, tuple[int, int]]:
    """(received, total) of the current pages of each dossier that has any."""
    found = DossierPage.filter(dossier_id__in=dossier_ids, replaced_at=None)
    if connection is not None:
        found = found.using_db(connection)
    counts: dict[uuid.UUID, tuple[int, int]] = {}
    for dossier_id, received_at in await found.values_list("dossier_id", "received_at"):
        received, total = counts.get(dossier_id, (0, 0))
        counts[dossier_id] = (received + (received_at is not None), total + 1)
    return counts
