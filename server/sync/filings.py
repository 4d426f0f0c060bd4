"""From the payload of a mutation to the words of the dossiers."""

from __future__ import annotations

import uuid
from datetime import datetime

from .. import base64url
from ..clock import parse
from ..dossiers.filing import Applicant, Filing
from ..dossiers.photographs import NamedPage
from ..errors import Problem
from .envelopes import Opened
from .payload import Payload
from .senders import Sender


def filing_of(
    opened: Opened, sender: Sender, skew: int = 0, received_at: datetime | None = None
) -> Filing:
    """The mutation in the words of the dossiers; `skew` as in `arrivals.skew_of`."""
    payload = opened.payload
    own = sender.person_id if payload.helper is None else None
    return Filing(
        dossier_id=uuid.UUID(payload.dossier),
        device_id=opened.device_id,
        device_at=device_time(payload),
        language=payload.language,
        procedure=payload.procedure,
        form=payload.form,
        commune=payload.commune,
        answers=payload.answers,
        pages=named_pages(payload, opened.device_id),
        applicant=Applicant(
            name=" ".join(payload.applicant.name.split()),
            id_number=payload.applicant.id_number or "",
            phone=payload.applicant.phone or "",
            person_id=own,
        ),
        helper=sender.helper,
        supplement_id=uuid.UUID(payload.supplement) if payload.supplement else None,
        decides=uuid.UUID(payload.decides) if payload.decides else None,
        reason=payload.reason,
        helped_before=tuple(helper.name for helper in payload.helpers_before),
        consent=(payload.consent.version, payload.consent.at) if payload.consent else ("", ""),
        base=payload.base,
        skew=skew,
        received_at=received_at,
    )


def device_time(payload: Payload) -> datetime:
    """When the phone says it was. Raises `request-malformed`."""
    try:
        return parse(payload.at)
    except (ValueError, OverflowError):
        raise Problem("request-malformed", {"reason": "at"}) from None


def named_pages(payload: Payload, device: str) -> tuple[NamedPage, ...]:
    """The pages a mutation names."""
    return tuple(
        NamedPage(
            name=page.name,
            path=page.path,
            media_type=page.type,
            size=page.size,
            digest=page.digest,
            length=page.length,
            key=base64url.decode(page.key),
            device_id=device,
        )
        for page in payload.pages
    )
