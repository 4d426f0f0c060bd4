"""Pages that were named and never came: after some days the phone is told, once a naming.

The desk sees each missing page at any time; this is for the citizen, who may think that all was
sent. A phone that is lost, or was wiped, can only be helped by its owner.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import F

from ..database import transaction
from ..events import SYSTEM
from ..rows import numbered
from .arrivals import page_counts
from .models import Dossier
from .moves import append

EVENT = "dossier.pages_awaited"
# Told already means since the page was named last: a supplement's new pages are told of again.
_OVERDUE = """
SELECT DISTINCT page.dossier_id FROM dossier_page page
JOIN expected_page expected ON expected.digest = page.digest
JOIN dossier ON dossier.id = page.dossier_id
WHERE page.received_at IS NULL AND page.replaced_at IS NULL AND dossier.closed_at IS NULL
AND expected.named_at < $1 AND ($2 = '' OR CAST(page.dossier_id AS CHAR(36)) = $2)
AND NOT EXISTS (SELECT 1 FROM event WHERE event.dossier_id = page.dossier_id
AND event.name = 'dossier.pages_awaited' AND event.at >= expected.named_at)
LIMIT 200
"""


async def tell_of_awaited(now: datetime, patience: timedelta) -> int:
    """Tell of every dossier whose pages are overdue; how many were told. Safe to repeat."""
    told = 0
    for dossier_id in await _overdue(connections.get("default"), now - patience):
        async with transaction() as connection:
            row = Dossier.filter(id=dossier_id).using_db(connection)
            await row.update(last_seq=F("last_seq"))
            # Another process may have told, or the page may have come, since the list was made.
            if not await _overdue(connection, now - patience, str(dossier_id)):
                continue
            dossier = await Dossier.get(id=dossier_id, using_db=connection)
            received, total = (await page_counts([dossier_id], connection))[dossier_id]
            data = {"received": received, "total": total}
            await append(connection, dossier, EVENT, SYSTEM, now, data)
            told += 1
    return told


async def _overdue(
    connection: BaseDBAsyncClient, before: datetime, dossier_id: str = ""
) -> list[uuid.UUID]:
    rows = await connection.execute_query_dict(numbered(connection, _OVERDUE), [before, dossier_id])
    return [uuid.UUID(str(row["dossier_id"])) for row in rows]
