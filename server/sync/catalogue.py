"""The catalogue: everything a phone must hold to fill and seal a dossier without a network.

Procedures with their forms, the communes served here, the keys. Named by the digest of its content,
so a phone that has it is told “not modified” and each sync reply needs only the digest.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import defaultdict
from datetime import datetime
from typing import Any

import msgspec

from .. import base64url
from ..clock import iso
from ..forms.models import AcceptedForm, FormVersion, Procedure
from ..identity.models import Commune
from ..keyring import Keyring
from ..results.signing import jwk
from ..services import Services
from ..settings import Settings

# Seconds.
REMEMBERED = 1.0


class CatalogueDigest:
    """The digest of the catalogue as each sync tells it, composed anew once a second at most.

    A phone that is told an older one learns of the new one with its next sync.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._digest, self._until = "", 0.0
        self._composing = asyncio.Lock()

    async def get(self, now: datetime) -> str:
        """64 hex digits."""
        if time.monotonic() < self._until:
            return self._digest
        # Of many that ask at once one composes, the others wait for it.
        async with self._composing:
            if time.monotonic() >= self._until:
                content = await compose(self._services.settings, self._services.keyring, now)
                self._digest = content["digest"]
                self._until = time.monotonic() + REMEMBERED
        return self._digest


async def compose(settings: Settings, keyring: Keyring, now: datetime) -> dict[str, Any]:
    """The catalogue as the contract states it."""
    newest = keyring.agency[-1]
    content: dict[str, Any] = {
        "agency": {"name": settings.agency_name, "nameEn": settings.agency_name_en},
        "origin": settings.origin,
        "keptDays": settings.kept_days,
        # Older keys still open what was sealed to them, but nothing new is sealed to them.
        "agencyKeys": [{"kid": newest.kid, "key": base64url.encode(newest.point)}],
        "receiptKeys": [jwk(key) for key in reversed(keyring.receipts)],
        "pushKey": base64url.encode(keyring.push.point),
        "communes": await _communes(),
        "procedures": await _procedures(now),
    }
    digest = hashlib.sha256(msgspec.json.encode(content)).hexdigest()
    return {"v": 1, "digest": digest, **content}


async def _communes() -> list[dict[str, Any]]:
    return [
        {
            "code": commune.code,
            "name": commune.name,
            "provinceCode": commune.province_code,
            "provinceName": commune.province_name,
            "isOpen": commune.is_open,
        }
        for commune in await Commune.all().order_by("code")
    ]


async def _procedures(now: datetime) -> list[dict[str, Any]]:
    accepted: defaultdict[str, list[str]] = defaultdict(list)
    until: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in await AcceptedForm.all().order_by("id"):
        if one.accepted_until is None or one.accepted_until >= now:
            accepted[one.procedure_code].append(one.form_digest)
        if one.accepted_until is not None and one.accepted_until >= now:
            until[one.procedure_code][one.form_digest] = iso(one.accepted_until)
    lists = dict(await FormVersion.all().values_list("digest", "resources"))
    return [
        {
            "code": procedure.code,
            "slug": procedure.slug,
            **procedure.about,
            "form": procedure.form_digest,
            "resources": lists.get(procedure.form_digest, []),
            "acceptedForms": accepted[procedure.code],
            "acceptedUntil": until[procedure.code],
            "isOpen": procedure.is_open,
        }
        for procedure in await Procedure.all().order_by("position", "code")
    ]
