"""How much one phone may bring in a day, so that nobody fills the disk with pages.

Pages are taken only when a kept mutation named them, but anybody may send mutations. What counts
is what the phone named and the server took in during the last day, and what it is uploading now.
Nothing is lost by reaching the end: the phone keeps its pages and goes on the next day.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tortoise import connections

from ..errors import Problem
from ..rows import numbered

DAY = timedelta(days=1)
RETRY_AFTER = 3_600
_USED = """
SELECT COALESCE(SUM(expected.length), 0) AS used FROM expected_page expected
WHERE expected.device_id = $1 AND (
EXISTS (SELECT 1 FROM blob WHERE blob.digest = expected.digest AND blob.stored_at > $2)
OR (NOT EXISTS (SELECT 1 FROM blob WHERE blob.digest = expected.digest)
AND EXISTS (SELECT 1 FROM upload WHERE upload.digest = expected.digest AND upload.expires_at > $3)))
"""


async def check_quota(device_id: str, length: int, quota: int, now: datetime) -> None:
    """Raises `upload-quota` when `length` bytes more are too many for this phone today."""
    connection = connections.get("default")
    (row,) = await connection.execute_query_dict(
        numbered(connection, _USED), [device_id, now - DAY, now]
    )
    if int(row["used"]) + length > quota:
        raise Problem(
            "upload-quota",
            {"megabytes": quota >> 20},
            {"Retry-After": str(RETRY_AFTER)},
        )
