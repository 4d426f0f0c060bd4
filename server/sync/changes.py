"""What this reader may see since a cursor.

A cursor is the number of the newest event the phone has, and a mark of whose eyes it was for: when
a phone is claimed, or another person signs in, reading starts again from the beginning instead of
skipping what was not visible before. Numbers become visible in order (`events`), so nothing is
skipped by a change that commits late.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from .. import base64url
from ..dossiers.models import Dossier, DossierPage
from ..dossiers.view import DossierView, views
from ..identity import devices
from ..identity.models import Device
from .protocol import DeviceProof

PAGE = 50
MISSING = 500


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


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of snapshots in the order of their newest events, and where to go on."""

    dossiers: list[DossierView]
    cursor: str | None
    more: bool
    missing: list[str]


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


async def changes_since(reader: Reader | None, cursor: str | None) -> Changes:
    """The next page of what changed."""
    if reader is None:
        return Changes([], cursor, more=False, missing=[])
    after = _after(reader, cursor)
    mine = Dossier.filter(reader.sees())
    found = await mine.filter(last_seq__gt=after).order_by("last_seq").limit(PAGE + 1)
    shown = found[:PAGE]
    newest = shown[-1].last_seq if shown else after
    return Changes(
        dossiers=await views(shown),
        cursor=f"{newest}.{reader.mark}",
        more=len(found) > PAGE,
        missing=await _missing(reader),
    )


async def _missing(reader: Reader) -> list[str]:
    """Pages the reader's dossiers still wait for."""
    waiting = DossierPage.filter(
        reader.sees("dossier__"), received_at=None, replaced_at=None, dossier__closed_at=None
    )
    return [page.digest for page in await waiting.limit(MISSING)]


def _after(reader: Reader, cursor: str | None) -> int:
    number, _, mark = (cursor or "").partition(".")
    is_ours = mark == reader.mark and number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if is_ours else 0
