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
from ..tracking.claims import claimed_by
from .protocol import DeviceProof


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose dossiers may be read: those a device filed or that were opened on it, a person's."""

    device_id: str | None = None
    person_id: uuid.UUID | None = None
    claimed: tuple[uuid.UUID, ...] = ()

    @property
    def mark(self) -> str:
        """Tells this reader's cursors from another's."""
        text = f"{self.device_id}|{self.person_id}"
        if self.claimed:
            text += "|" + "|".join(str(one) for one in self.claimed)
        return base64url.encode(hashlib.sha256(text.encode()).digest()[:6])

    def sees(self, path: str = "") -> Q:
        """The dossiers this reader may see; `path` leads to the dossier from another table."""
        seen = Q(**{f"{path}device_id": self.device_id or ""})
        for column in ("helper_id", "applicant_id") if self.person_id else ():
            person: dict[str, Any] = {f"{path}{column}": self.person_id}
            seen |= Q(**person)
        if self.claimed:
            opened: dict[str, Any] = {f"{path}id__in": list(self.claimed)}
            seen |= Q(**opened)
        return seen


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: as whom they read, if at all, and whether their device was revoked."""

    reader: Reader | None = None
    is_revoked: bool = False


async def asker_of(
    secret: bytes,
    proof: DeviceProof | None,
    cursor: str | None,
    person_id: uuid.UUID | None,
    now: datetime,
    *,
    is_trusted: bool = False,
) -> Asker:
    """Who asks, from the device's proof and the login's person.

    A request made for one store on a phone never reads for another person's, though the browser
    sends that person's cookie along. That a device is revoked is told to whoever names it, so that
    a phone hears of it behind its lock too; `is_trusted` says that something it sent just now was
    applied, so it is not.
    """
    if proof is None:
        return Asker(Reader(person_id=person_id) if person_id else None)
    if is_trusted and person_id is None and not (proof.nonce and proof.proof):
        return Asker()  # proves nothing, whosever it is
    point = base64url.decode(proof.key)
    device = await Device.get_or_none(id=devices.device_id(point))
    if device is None:
        return Asker()
    if device.revoked_at is not None:
        return Asker(is_revoked=True)
    if device.person_id is not None:
        may_read = device.person_id == person_id
    else:
        may_read = bool(
            proof.nonce
            and proof.proof
            and devices.check_proof(secret, point, proof.nonce, proof.proof, cursor or "", now)
        )
    if not may_read:
        return Asker()
    claimed = tuple(await claimed_by(device.id))
    return Asker(Reader(device.id, device.person_id, claimed))
