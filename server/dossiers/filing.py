"""What a phone may do with a dossier that is there: answer a supplement, ask to withdraw it.

These run inside the transaction that remembers the mutation, so they happen with it or not at all.
Whether the sender may is settled here too; a stranger learns no more than `dossier-unknown`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from ..errors import Problem
from ..events import Actor
from ..forms.shelf import FormShelf
from . import likeness, states
from .answers import Answers, leaves
from .likeness import Told
from .mending import Mended, Mending, mend
from .models import Dossier, Supplement
from .moves import move
from .photographs import NamedPage, name_pages
from .questions import questions_in
from .rejoining import rejoined, within
from .states import Place
from .working_days import Calendar

# Clocks closer than this to ours are right.
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Helper:
    """Who filed for the applicant; `person_id` is empty when nobody vouches for it.

    `authority`: on what ground, as the phone says: asked by the applicant, a paper, a guardian.
    """

    person_id: uuid.UUID | None
    name: str
    relation: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose dossier it is, as the phone says; `person_id` when it is their own account."""

    name: str
    id_number: str = ""
    phone: str = ""
    person_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """One mutation's content, whatever its kind, and who stands behind it.

    `base` is the dossier's version that the phone knew, `skew` how far its clock was off;
    `consent` is the version of the words agreed to and when, empty from an app too old to ask;
    `received_at` when we had all of it, where that was before the transaction.
    """

    dossier_id: uuid.UUID
    device_id: str
    device_at: datetime
    language: str
    procedure: str
    form: str
    commune: str
    answers: Answers
    pages: tuple[NamedPage, ...]
    applicant: Applicant
    helper: Helper | None
    supplement_id: uuid.UUID | None = None
    decides: uuid.UUID | None = None
    reason: str = ""
    base: int = 0
    skew: int = 0
    consent: tuple[str, str] = ("", "")
    helped_before: tuple[str, ...] = ()
    received_at: datetime | None = None

    @property
    def agreed(self) -> dict[str, Any]:
        """What the log keeps as proof of consent, on what authority a helper acted, and the names
        of those who handed the draft on to them.
        """
        version, at = self.consent
        told: dict[str, Any] = {"consent": {"version": version, "at": at}} if version else {}
        if self.helper and self.helper.authority:
            told["authority"] = self.helper.authority
        if self.helped_before:
            told["helpedBefore"] = list(self.helped_before)
        return told

    @property
    def clock(self) -> dict[str, int]:
        """What an event keeps of the phone's clock: `skew`, seconds behind ours, if it matters."""
        return {"skew": self.skew} if abs(self.skew) > MINUTE else {}

    @property
    def actor(self) -> Actor:
        """Who did it, as the timeline reads."""
        if self.helper:
            return Actor("officer", self.helper.name, self.helper.person_id, self.device_id)
        return Actor("citizen", self.applicant.name, self.applicant.person_id, self.device_id)


@dataclass(frozen=True, slots=True)
class Office:
    """The server's side of a filing: when, by which calendar, the key that seals page keys, the
    forms.
    """

    now: datetime
    working: Calendar
    storage: bytes
    forms: FormShelf = field(default_factory=FormShelf)


async def answer_supplement(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    supplement: Supplement,
    filing: Filing,
    office: Office,
) -> Dossier:
    """Put the mended answers and pages in place; the dossier goes back to where it was.

    Raises `supplement-outside`, `answers-invalid`.
    """
    mending = await mended(dossier, supplement, filing, office)
    before = Place(supplement.returns_state, supplement.returns_stage)
    target = states.leave(Place(dossier.state, dossier.stage), "answer_supplement", before)
    root = questions_in(await office.forms.get(dossier.form_digest)).root
    answered = Supplement.filter(id=supplement.id, answered_at=None).using_db(connection)
    found = within(dossier.answers, root, supplement)
    if not await answered.update(answered_at=office.now, before=found):
        raise Problem("supplement-closed")
    data = {"supplement": str(supplement.id)}
    return await _put_in(connection, dossier, target, mending, filing, office, data)


async def join_answer(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    supplement: Supplement,
    mending: Mending,
    filing: Filing,
    office: Office,
) -> Dossier:
    """Put in what a second answer to the same supplement adds; the dossier stays where it is."""
    data = {"supplement": str(supplement.id), "joined": True}
    place = Place(dossier.state, dossier.stage)
    return await _put_in(connection, dossier, place, mending, filing, office, data)


async def _put_in(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    place: Place,
    mending: Mending,
    filing: Filing,
    office: Office,
    data: dict[str, Any],
) -> Dossier:
    await name_pages(
        connection, dossier, mending.pages, office.storage, office.now, keep=mending.kept
    )
    await move(
        connection,
        dossier,
        place,
        "dossier.supplemented",
        filing.actor,
        office.now,
        data={**data, **filing.clock},
        changes={"answers": mending.answers},
        working=office.working,
    )
    told = Told(dossier.id, dossier.procedure_code, dossier.commune_code, mending.answers)
    await likeness.renew(connection, told, office.storage, office.now)
    return dossier


async def mended(
    dossier: Dossier, supplement: Supplement, filing: Filing, office: Office
) -> Mending:
    """What the answer comes to, checked as a whole; reads only."""
    if filing.form != dossier.form_digest:
        raise Problem("form-unknown")
    sent = Mended(filing.answers, filing.pages, filing.device_at, filing.language)
    return await mend(office.forms, dossier, supplement, sent, office.now)


async def joined(
    dossier: Dossier,
    supplement: Supplement,
    filing: Filing,
    office: Office,
    *,
    has_decided: bool = False,
) -> Mending | None:
    """What a second answer to a supplement adds; nothing when a person must decide. Reads only.

    `has_decided`: a person has, with both texts before them.
    """
    if filing.form != dossier.form_digest:
        return None
    sent = Mended(filing.answers, filing.pages, filing.device_at, filing.language)
    try:
        return await rejoined(
            office.forms, dossier, supplement, sent, office.now, has_decided=has_decided
        )
    except Problem:
        return None  # each is right by itself and the two together are not


async def withdraw(
    connection: BaseDBAsyncClient, dossier: Dossier, filing: Filing, office: Office
) -> Dossier:
    """Ask for the dossier to be withdrawn; the desk then stops it."""
    target = states.leave(Place(dossier.state, dossier.stage), "withdraw")
    note = filing.reason.strip()[:2000]
    data: dict[str, Any] = {"note": note} if note else {}
    await move(
        connection,
        dossier,
        target,
        "dossier.withdrawal_requested",
        filing.actor,
        office.now,
        data=data,
    )
    return dossier


def owns(dossier: Dossier, device_id: str, person_id: uuid.UUID | None) -> bool:
    """Whether this device, or the person it belongs to, filed the dossier or is its applicant."""
    if dossier.device_id == device_id:
        return True
    return person_id is not None and person_id in (dossier.helper_id, dossier.applicant_id)


def theirs(dossier: Dossier, patch: Answers, root: str) -> dict[str, str]:
    """What the server has for the questions a patch would change."""
    mine = dict(leaves(dossier.answers, root))
    return {ref: mine.get(ref, "") for ref, _ in leaves(patch, root)}
