"""A filed dossier in the test's database, as small as the tables allow."""

import uuid
from typing import Any

from server.dossiers.models import Dossier

from .application import START
from .people import BAT_XAT


async def make_dossier(**chosen: Any) -> Dossier:
    """A submitted dossier of an invented applicant; `chosen` columns differ."""
    columns: dict[str, Any] = {
        "id": uuid.uuid4(),
        "code": "HS-0000-0000",
        "procedure_code": "1.001193",
        "form_digest": "0" * 64,
        "commune_code": BAT_XAT,
        "state": "submitted",
        "applicant_name": "Giàng A Thử",
        "applicant_folded": "giang a thu",
        "device_id": "d" * 43,
        "submitted_at": START,
        "device_at": START,
    }
    return await Dossier.create(**{**columns, **chosen})
