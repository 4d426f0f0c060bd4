"""Who reads: a device by proof, a person by login, and whose dossiers that opens."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from .. import base64url
from ..identity import devices
from ..identity.models import Device
from .protocol import DeviceProof


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose dossiers may be read: those a device filed, those of a person, or both."""

    device_id: str | None = None
    person_id: uuid.UUID | None = None

    @property
    def mark(self) -> str:
        """Tells this reader's cursors from another's."""
        text = f"{self.device_id}|{self.person_id}"
        return base64url.encode(hashlib.sha256(text.encode()).digest()[:6])

    def sees(self, path: str = "") -> Q:
        """The dossiers this reader may see; `path` leads to the dossier from another table."""
        seen = Q(**{f"{path}device_id": self.device_id or ""})
        for column in ("helper_id", "applicant_id") if self.person_id else ():
            person: dict[str, Any] = {f"{path}{column}": self.person_id}
            seen |= Q(**person)
        return seen


async def reader_of(
    secret: bytes,
    proof: DeviceProof | None,
    cursor: str | None,
    person_id: uuid.UUID | None,
    now: datetime,
) -> Reader | None:
    """Who reads, from the device's proof and the login's person.

    A request made for one store on a phone never reads for another person's, though the browser
    sends that person's cookie along.
    """
    if proof is None:
        return Reader(person_id=person_id) if person_id else None
    if person_id is None and not (proof.nonce and proof.proof):
        return None  # proves nothing, whosever it is
    point = base64url.decode(proof.key)
    device = await Device.get_or_none(id=devices.device_id(point))
    if device is None or device.revoked_at is not None:
        return None
    if device.person_id is not None:
        is_theirs = device.person_id == person_id
        return Reader(device_id=device.id, person_id=person_id) if is_theirs else None
    is_proven = bool(
        proof.nonce
        and proof.proof
        and devices.check_proof(secret, point, proof.nonce, proof.proof, cursor or "", now)
    )
    return Reader(device_id=device.id) if is_proven else None
