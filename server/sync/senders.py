"""Who stands behind a mutation: the device that signed, its person, the helper it names."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from ..dossiers.filing import Helper
from ..identity.backend import roles_of
from ..identity.models import Device, Person
from ..identity.permissions import demand
from .envelopes import Opened
from .payload import Payload


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed. `doubt` is why a person must decide first, or empty."""

    device: Device | None
    helper: Helper | None
    person_id: uuid.UUID | None
    doubt: str


async def sender_of(opened: Opened, presented: str | None) -> Sender:
    """Who signed; `presented` is the id of the device that makes the request itself.

    Raises `not-allowed` for a helper who may not file in that commune.
    """
    device = await Device.get_or_none(id=opened.device_id)
    person_id = device.person_id if device else None
    claimed = opened.payload.helper
    if device is not None and device.revoked_at is not None:
        return Sender(device, _claimed(opened.payload), None, "device-revoked")
    if device is None and opened.device_id != presented:
        return Sender(None, _claimed(opened.payload), None, "device-unknown")
    if claimed is None:
        return Sender(device, None, person_id, "")
    if person_id is None or str(person_id) != claimed.person_id:
        return Sender(device, _claimed(opened.payload), None, "helper-unproven")
    person = await Person.get(id=person_id)
    demand(await _active_roles(person), "file", opened.payload.commune)
    return Sender(device, Helper(person.id, person.name, claimed.relation), person_id, "")


async def vouched(opened: Opened) -> Sender:
    """The sender of a held mutation whom a person at the desk has accepted."""
    device = await Device.get_or_none(id=opened.device_id)
    helper = _claimed(opened.payload)
    if helper and opened.payload.helper:
        person = await Person.get_or_none(id=opened.payload.helper.person_id)
        if person and await _active_roles(person):
            helper = Helper(person.id, person.name, helper.relation)
    return Sender(device, helper, device.person_id if device else None, "")


def _claimed(payload: Payload) -> Helper | None:
    helper = payload.helper
    return Helper(None, helper.name, helper.relation) if helper else None


async def _active_roles(person: Person) -> Any:
    return await roles_of(person) if person.is_active else ()
