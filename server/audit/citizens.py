"""Who handled and who looked at the dossiers of one citizen, found by what an inquiry starts from.

The number of an identity card, a telephone number or a name leads to dossiers, and these to their
events. Looking that up is itself a look at the citizen's data: it is noted for each dossier, and
the citizen sees it among those who opened it.
"""

from __future__ import annotations

import re
from datetime import datetime

from tortoise.expressions import Q

from ..dossiers.folded import fold
from ..dossiers.models import Dossier
from ..errors import Problem
from ..identity.backend import Visitor
from ..identity.permissions import communes_for
from . import reads
from .queries import Line, lines_of

# More than anybody files: such a name must be told more closely, or a number given.
MOST = 50
SHORTEST = 3
_NUMBER = re.compile(r"[+0-9][0-9 .-]*")


async def lines_about(visitor: Visitor, citizen: str, now: datetime) -> tuple[list[Line], bool]:
    """Events of a citizen's dossiers, the newest first, and whether there are more than shown.

    `citizen`: identity number, phone number, or a name as people type it. Within the auditor's
    communes. Raises `not-allowed`, `citizen-vague` for what is too short or fits too many.
    """
    communes = communes_for(visitor.roles, "audit")
    if communes is not None and not communes:
        raise Problem("not-allowed")
    found = Dossier.filter(_named(citizen))
    if communes is not None:
        found = found.filter(commune_code__in=sorted(communes))
    dossiers = await found.order_by("-submitted_at", "id").limit(MOST + 1)
    if len(dossiers) > MOST:
        raise Problem("citizen-vague")
    for dossier in dossiers:
        await reads.record(visitor, dossier, now, reads.AUDITED)
    return await lines_of(dossiers)


def _named(citizen: str) -> Q:
    if _NUMBER.fullmatch(citizen):
        digits = re.sub(r"[^0-9]", "", citizen)
        phone = f"0{digits[2:]}" if citizen.startswith("+84") else digits
        if len(digits) < SHORTEST:
            raise Problem("citizen-vague")
        return Q(applicant_id_number=digits) | Q(applicant_phone=phone)
    name = fold(citizen)
    if len(name) < SHORTEST:
        raise Problem("citizen-vague")
    return Q(applicant_folded__icontains=name)
