"""What was agreed to when a dossier was sent, as the event log keeps it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from ..events import Event


@dataclass(frozen=True, slots=True)
class Agreed:
    """Version of the words and when, both empty where the app was too old to ask; a helper's
    authority as they stated it; who had the draft in hand before them.
    """

    version: str = ""
    at: str = ""
    authority: str = ""
    helped_before: tuple[str, ...] = ()


async def agreed_of(dossier_id: uuid.UUID) -> Agreed:
    """What the submission of a dossier says."""
    event = await Event.get_or_none(dossier_id=dossier_id, name="dossier.submitted")
    data = event.data if event else {}
    consent = data.get("consent") or {}
    return Agreed(
        str(consent.get("version", "")),
        str(consent.get("at", "")),
        str(data.get("authority", "")),
        tuple(str(name) for name in data.get("helpedBefore", [])),
    )
