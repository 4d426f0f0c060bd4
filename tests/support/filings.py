"""What a phone filed, in the words of the dossiers, without a phone."""

import uuid
from typing import Any

from server.dossiers.filing import Applicant, Filing

from .application import START
from .mutations import PROCEDURE, compiled
from .people import BAT_XAT


def filing(
    answers: dict[str, Any], name: str = "Giàng A Thử", id_number: str = "", phone: str = ""
) -> Filing:
    """A submission with these answers, of this applicant."""
    return Filing(
        dossier_id=uuid.uuid4(),
        device_id="d",
        device_at=START,
        language="vi",
        procedure=PROCEDURE,
        form=compiled().digest,
        commune=BAT_XAT,
        answers=answers,
        pages=(),
        applicant=Applicant(name, id_number, phone),
        helper=None,
    )
