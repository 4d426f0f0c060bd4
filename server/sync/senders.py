"""Who stands behind a mutation: the device that signed, its person, the helper it names."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..dossiers.filing import Helper
from ..identity.backend import roles_of
from ..identity.models import Appointment, Device, Person
from ..identity.permissions import Role, demand
from ..rows import Look, look_up
from .envelopes import Opened
from .payload import Payload


class Known(NamedTuple):
    """A device as far as it answers for what it signed."""

    person_id: uuid.UUID | None
    is_revoked: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed. `doubt` is why a person must decide first, or empty."""

    device: Known | None
    helper: Helper | None
    person_id: uuid.UUID | None
    doubt: str

    @property
    def is_nobody(self) -> bool:
        """Whether no person is known or claimed to stand behind it."""
        return self.person_id is None and self.helper is None


NOBODY = Sender(None, None, None, "")


@dataclass(frozen=True, slots=True)
class Register:
    """Devices by id, and the people of those that name a helper with their roles, as of now."""

    devices: Mapping[str, Known]
    people: Mapping[uuid.UUID, Person]
    roles: Mapping[uuid.UUID, tuple[Role, ...]]

    def sender(self, opened: Opened, presented: str | None) -> Sender:
        """Who signed; `presented` is the id of the device that makes the request itself.

        Raises `not-allowed` for a helper who may not file in that commune.
        """
        device = self.devices.get(opened.device_id)
        person_id = device.person_id if device else None
        claimed = opened.payload.helper
        if device is not None and device.is_revoked:
            return Sender(device, _claimed(opened.payload), None, "device-revoked")
        if device is None and opened.device_id != presented:
            return Sender(None, _claimed(opened.payload), None, "device-unknown")
        if claimed is None:
            return Sender(device, None, person_id, "")
        if person_id is None or str(person_id) != claimed.person_id:
            return Sender(device, _claimed(opened.payload), None, "helper-unproven")
        person = self.people[person_id]
        roles = self.roles.get(person_id, ()) if person.is_active else ()
        demand(roles, "file", opened.payload.commune)
        helper = Helper(person.id, person.name, claimed.relation, claimed.authority)
        return Sender(device, helper, person_id, "")


async def register_of(openeds: Iterable[Opened]) -> Register:
    """What is known of the senders of these mutations, in at most three queries."""
    given = list(openeds)
    (found,) = await look_up([devices_sought(given)])
    return await register_from(found, given)


def devices_sought(openeds: Iterable[Opened]) -> Look:
    """What `register_from` needs to know of devices."""
    signers = sorted({one.device_id for one in openeds})
    return Look(Device, ("id", "person_id", "revoked_at"), "id", signers)


async def register_from(found: Iterable[tuple[Any, ...]], given: Sequence[Opened]) -> Register:
    """The register, from what was found of devices; asks on only where a helper is named."""
    devices = {
        id_: Known(uuid.UUID(str(person)) if person else None, revoked is not None)
        for id_, person, revoked in found
    }
    helping = {one.device_id for one in given if one.payload.helper}
    answering = {known.person_id for id_, known in devices.items() if id_ in helping}
    wanted = sorted(person for person in answering if person)
    people: dict[uuid.UUID, Person] = {}
    roles: defaultdict[uuid.UUID, list[Role]] = defaultdict(list)
    if wanted:
        people = {person.id: person for person in await Person.filter(id__in=wanted)}
        held = Appointment.filter(person_id__in=wanted).order_by("role", "commune_code")
        for person_id, role, commune in await held.values_list("person_id", "role", "commune_code"):
            roles[person_id].append(Role(role, commune))
    return Register(devices, people, {person: tuple(held) for person, held in roles.items()})


async def sender_of(opened: Opened, presented: str | None) -> Sender:
    """Who signed this one, as `Register.sender` tells."""
    return (await register_of([opened])).sender(opened, presented)


async def vouched(opened: Opened) -> Sender:
    """The sender of a held mutation whom a person at the desk has accepted."""
    register = await register_of([opened])
    device = register.devices.get(opened.device_id)
    helper = _claimed(opened.payload)
    if helper and opened.payload.helper:
        person = await Person.get_or_none(id=opened.payload.helper.person_id)
        if person and person.is_active and await roles_of(person):
            helper = Helper(person.id, person.name, helper.relation, helper.authority)
    return Sender(device, helper, device.person_id if device else None, "")


def _claimed(payload: Payload) -> Helper | None:
    helper = payload.helper
    if helper is None:
        return None
    return Helper(None, helper.name, helper.relation, helper.authority)
