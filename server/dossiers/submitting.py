"""New dossiers: what a filing comes to by itself, and many of them written in the same few
statements.

What needs no database is worked out before the transaction (`prepare`), where nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient

from ..events import Event, Fact, chained, link
from ..rows import Insert, write_all
from . import likeness
from .filing import Filing, Office
from .folded import fold
from .likeness import NewLikeness, Sameness, Told
from .models import Dossier, DossierPage, Likeness, NewDossier
from .numbering import code_of
from .photographs import expect, page_row


@dataclass(frozen=True, slots=True)
class Prepared:
    """A filing with its row, whose place in the log is still open, its entry there, and its
    fingerprints by the groups of questions `sameness`; none of these: not known when it was made.
    """

    filing: Filing
    row: NewDossier
    fact: Fact
    sameness: Sequence[Sequence[str]] | None
    marks: Sequence[NewLikeness]

    def marked_by(self, sameness: Sequence[Sequence[str]], storage: bytes) -> Sequence[NewLikeness]:
        """The fingerprints, taken anew where they were taken by other groups."""
        return self.marks if sameness == self.sameness else _marks(self.filing, sameness, storage)


def prepare(
    filing: Filing, office: Office, sameness: Sequence[Sequence[str]] | None = None
) -> Prepared:
    """All that a new dossier comes to without the database (pure); its answers were checked."""
    at = filing.received_at or office.now
    fact = Fact(
        "dossier.submitted",
        filing.actor,
        at,
        filing.dossier_id,
        filing.commune,
        {"state": "submitted", **filing.clock, **filing.agreed},
    )
    applicant, helper = filing.applicant, filing.helper
    row = NewDossier(
        id=filing.dossier_id,
        code=code_of(filing.dossier_id),
        procedure_code=filing.procedure,
        form_digest=filing.form,
        commune_code=filing.commune,
        last_seq=0,
        answers=filing.answers,
        language=filing.language,
        applicant_name=applicant.name,
        applicant_folded=fold(applicant.name),
        applicant_id_number=applicant.id_number,
        applicant_phone=applicant.phone,
        applicant_id=applicant.person_id,
        helper_id=helper.person_id if helper else None,
        helper_name=helper.name if helper else "",
        helper_relation=helper.relation if helper else "",
        device_id=filing.device_id,
        submitted_at=at,
        device_at=filing.device_at,
    )
    marks = _marks(filing, sameness, office.storage) if sameness else ()
    return Prepared(filing, row, fact, sameness, marks)


async def submit(connection: BaseDBAsyncClient, filing: Filing, office: Office) -> Dossier:
    """File a new dossier; its answers were checked, and that there is none with its id."""
    sameness = await likeness.sameness_of(connection, [filing.procedure])
    await submit_all(connection, [prepare(filing, office)], office, sameness)
    return await Dossier.get(id=filing.dossier_id, using_db=connection)


async def submit_all(
    connection: BaseDBAsyncClient,
    prepared: Sequence[Prepared],
    office: Office,
    sameness: Sameness,
) -> None:
    """File new dossiers; `sameness` is what their procedures say now.

    Pages are locked before the event log, as everywhere.
    """
    if not prepared:
        return
    filings = [one.filing for one in prepared]
    held = await expect(connection, [page for one in filings for page in one.pages], office.now)
    marks = [
        mark
        for one in prepared
        for mark in one.marked_by(sameness.get(one.filing.procedure, ()), office.storage)
    ]
    events = await chained(connection, [one.fact for one in prepared])
    dossiers = [
        one.row._replace(last_seq=event.seq) for one, event in zip(prepared, events, strict=True)
    ]
    bearers = await write_all(
        connection,
        [Insert(Event, events), Insert(Dossier, dossiers), Insert(Likeness, marks)],
        link(events),
        likeness.bearers_sought(marks),
    )
    pages = [
        page_row(filing.dossier_id, page, office.storage, held, office.now)
        for filing in filings
        for page in filing.pages
    ]
    if pages:
        await DossierPage.bulk_create(pages, using_db=connection)
    communes = {one.dossier_id: one.commune for one in filings}
    await likeness.tell_alike(connection, marks, bearers, communes, office.now)


def _marks(filing: Filing, sameness: Sequence[Sequence[str]], storage: bytes) -> list[NewLikeness]:
    told = Told(filing.dossier_id, filing.procedure, filing.commune, filing.answers)
    return likeness.marks_of(told, sameness, storage)
