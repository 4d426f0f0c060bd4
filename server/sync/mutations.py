"""One mutation: who stands behind it, whether it fits, and the action it names.

The facts are gathered and the change is made in the caller's transaction; the decision between the
two is `reconcile`'s alone.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from .. import base64url
from ..clock import parse
from ..dossiers import filing, states
from ..dossiers.checks import check_answers, check_open, check_presets, deciding_time
from ..dossiers.filing import Applicant, Filing, Helper, Office
from ..dossiers.models import Dossier, Supplement
from ..dossiers.photographs import NamedPage
from ..dossiers.questions import questions_of
from ..dossiers.states import Place
from ..errors import Problem
from ..identity.backend import roles_of
from ..identity.models import Device, Person
from ..identity.permissions import demand
from .envelopes import Opened
from .protocol import Payload


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed. `doubt` is why a person must decide first, or empty."""

    device: Device | None
    helper: Helper | None
    person_id: uuid.UUID | None
    doubt: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a mutation is about: the dossier (none for a new one), and why it does not fit."""

    dossier: Dossier | None
    supplement: Supplement | None = None
    misfit: str = ""


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


def filing_of(opened: Opened, sender: Sender) -> Filing:
    """The mutation in the words of the dossiers."""
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
        pages=named_pages(payload),
        applicant=Applicant(
            name=" ".join(payload.applicant.name.split()),
            id_number=payload.applicant.id_number or "",
            phone=payload.applicant.phone or "",
            person_id=own,
        ),
        helper=sender.helper,
        supplement_id=uuid.UUID(payload.supplement) if payload.supplement else None,
        reason=payload.reason,
    )


def device_time(payload: Payload) -> datetime:
    """When the phone says it was. Raises `request-malformed`."""
    try:
        return parse(payload.at)
    except (ValueError, OverflowError):
        raise Problem("request-malformed", {"reason": "at"}) from None


def named_pages(payload: Payload) -> tuple[NamedPage, ...]:
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
        )
        for page in payload.pages
    )


async def target_of(
    connection: BaseDBAsyncClient, kind: str, filed: Filing, sender: Sender, office: Office
) -> Target:
    """Check the mutation against the server as it is now and find what it would change.

    Raises the problem it is refused with; what only came too late is told as `misfit`. The
    dossier's row stays locked until the transaction ends.
    """
    found = Dossier.filter(id=filed.dossier_id).using_db(connection)
    dossier = await found.select_for_update().get_or_none()
    if kind == "dossier.submit":
        await check_open(filed.procedure, filed.form, filed.commune, office.now)
        check_presets(filed.answers, filed.procedure, filed.commune)
        pages = {page.name: page.path for page in filed.pages}
        at = deciding_time(filed.device_at, office.now)
        await check_answers(office.forms, filed.form, filed.answers, pages, at, filed.language)
        return Target(dossier, misfit="dossier-exists" if dossier else "")
    if dossier is None:
        raise Problem("dossier-unknown")
    if not sender.doubt and not filing.owns(dossier, filed.device_id, sender.person_id):
        raise Problem("dossier-unknown")
    if kind == "dossier.withdraw":
        fits = "withdraw" in states.verbs(Place(dossier.state, dossier.stage))
        return Target(dossier, misfit="" if fits else "transition-not-allowed")
    asked = Supplement.filter(dossier_id=dossier.id, answered_at=None).using_db(connection)
    supplement = await asked.get_or_none(id=filed.supplement_id) if filed.supplement_id else None
    if supplement is None or dossier.state != "supplement":
        return Target(dossier, misfit="supplement-closed")
    await filing.mended(dossier, supplement, filed, office)
    return Target(dossier, supplement)


async def perform(
    connection: BaseDBAsyncClient, target: Target, filed: Filing, office: Office
) -> Dossier:
    """Make the change."""
    if target.dossier is None:
        return await filing.submit(connection, filed, office)
    if target.supplement is not None:
        return await filing.answer_supplement(
            connection, target.dossier, target.supplement, filed, office
        )
    return await filing.withdraw(connection, target.dossier, filed, office)


async def theirs_of(filed: Filing) -> dict[str, str] | None:
    """The server's text of the questions a mutation would have changed."""
    dossier = await Dossier.get_or_none(id=filed.dossier_id)
    if dossier is None:
        return None
    root = (await questions_of(dossier.form_digest)).root
    return filing.theirs(dossier, filed.answers, root)
