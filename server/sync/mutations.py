"""One mutation: whether it fits the server as it is now, and the action it names.

The facts are gathered and the change is made in the caller's transaction; the decision between the
two is `reconcile`'s alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from ..dossiers import filing, states, submitting
from ..dossiers.checks import check_answers, check_presets, deciding_time, openings
from ..dossiers.filing import Filing, Office
from ..dossiers.mending import Mending
from ..dossiers.models import Dossier, Supplement
from ..dossiers.questions import questions_of
from ..dossiers.states import Place
from ..errors import Problem
from ..forms.form import Form
from ..tracking.claims import holds
from .models import Mutation
from .senders import Sender


@dataclass(frozen=True, slots=True)
class Target:
    """What a mutation is about: the dossier (none for a new one), and why it does not fit.

    `joined` is what a second answer to a supplement adds to the first.
    """

    dossier: Dossier | None
    supplement: Supplement | None = None
    misfit: str = ""
    joined: Mending | None = None


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
        taken = await openings([filed.procedure], [filed.commune], office.now)
        taken.check(filed.procedure, filed.form, filed.commune)
        check_content(await office.forms.get(filed.form), filed, office.now)
        return Target(dossier, misfit="dossier-exists" if dossier else "")
    if dossier is None:
        raise Problem("dossier-unknown")
    is_theirs = filing.owns(dossier, filed.device_id, sender.person_id) or await holds(
        connection, filed.device_id, dossier.id
    )
    if not sender.doubt and not is_theirs:
        raise Problem("dossier-unknown")
    if kind == "dossier.withdraw":
        fits = "withdraw" in states.verbs(Place(dossier.state, dossier.stage))
        return Target(dossier, misfit="" if fits else "transition-not-allowed")
    return await _supplement_target(connection, dossier, filed, office)


async def _supplement_target(
    connection: BaseDBAsyncClient, dossier: Dossier, filed: Filing, office: Office
) -> Target:
    asked = Supplement.filter(dossier_id=dossier.id).using_db(connection)
    newest = await asked.order_by("-asked_at", "-id").first()
    if newest is None or newest.id != filed.supplement_id:
        return Target(dossier, misfit="supplement-closed")
    if newest.answered_at is not None:
        # Who knew of the first answer and still sends another has nothing to join, unless it is
        # what a person decided about the two.
        has_decided = await _is_conflict(connection, filed)
        joined = None
        if has_decided or 0 < filed.base < dossier.version:
            joined = await filing.joined(dossier, newest, filed, office, has_decided=has_decided)
        return Target(dossier, newest, "" if joined else "supplement-closed", joined)
    if dossier.state != "supplement":
        return Target(dossier, misfit="supplement-closed")
    await filing.mended(dossier, newest, filed, office)
    return Target(dossier, newest)


async def _is_conflict(connection: BaseDBAsyncClient, filed: Filing) -> bool:
    """Whether the mutation names one of this dossier that met another text."""
    if filed.decides is None:
        return False
    met = Mutation.filter(id=filed.decides, dossier_id=filed.dossier_id, verdict="conflict")
    return await met.using_db(connection).exists()


def check_content(form: Form, filed: Filing, now: datetime) -> None:
    """Judge what a submission says by its form; needs no database.

    Raises `procedure-unknown`, `commune-unknown`, `answers-invalid`.
    """
    check_presets(filed.answers, filed.procedure, filed.commune)
    pages = {page.name: page.path for page in filed.pages}
    at = deciding_time(filed.device_at, now)
    check_answers(form, filed.answers, pages, at, filed.language)


async def perform(
    connection: BaseDBAsyncClient, target: Target, filed: Filing, office: Office
) -> Dossier:
    """Make the change."""
    if target.dossier is None:
        return await submitting.submit(connection, filed, office)
    if target.supplement is not None and target.joined is not None:
        return await filing.join_answer(
            connection, target.dossier, target.supplement, target.joined, filed, office
        )
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
