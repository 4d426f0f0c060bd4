"""The two names of a dossier: the code everybody can derive from its id, and the official number.

The code is there before the server knows the dossier, so a person without signal can already write
it down. The number follows the two-tier shape seen on the national interface,
`H38.02683-261122-0001`: agency and unit, legal day, running number of that agency on that day.
"""

from __future__ import annotations

import functools
import hashlib
import uuid
from datetime import date

from tortoise.backends.base.client import BaseDBAsyncClient

from ..rows import numbered

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NEXT = (
    "INSERT INTO number_series (id, newest) VALUES ($1, 1)"
    " ON CONFLICT (id) DO UPDATE SET newest = number_series.newest + 1 RETURNING newest"
)
_SHIFTS = range(35, -1, -5)


# Asked for by the receipt and by the dossier's row.
@functools.lru_cache(maxsize=1_024)
def code_of(dossier_id: uuid.UUID) -> str:
    """`HS-XXXX-XXXX`: the first 40 bits of SHA-256 over the id's text in Crockford base32."""
    first = int.from_bytes(hashlib.sha256(str(dossier_id).encode()).digest()[:5])
    text = "".join([CROCKFORD[first >> shift & 31] for shift in _SHIFTS])
    return f"HS-{text[:4]}-{text[4:]}"


def read_code(text: str) -> str:
    """What a person typed or read out as a code, in its written form.

    Crockford's rule: O is 0, I and L are 1; case, spaces and dashes do not matter. Empty when it
    cannot be a code.
    """
    plain = "".join(text.upper().split()).replace("-", "").removeprefix("HS")
    plain = plain.translate(str.maketrans("OIL", "011"))
    if len(plain) != 8 or any(letter not in CROCKFORD for letter in plain):
        return ""
    return f"HS-{plain[:4]}-{plain[4:]}"


async def next_number(connection: BaseDBAsyncClient, agency_code: str, day: date) -> str:
    """The next official number of `agency_code` on `day`.

    The series' row stays locked until the caller's transaction ends, so no number is given twice
    and none is lost when the transaction fails.
    """
    series = f"{agency_code}-{day:%y%m%d}"
    rows = await connection.execute_query_dict(numbered(connection, NEXT), [series])
    return f"{series}-{rows[0]['newest']:04d}"
