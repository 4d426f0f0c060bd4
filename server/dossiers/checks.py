"""What a mutation from a phone must satisfy before it may change anything. Reads only.

The phone is never trusted: procedure, form version and commune must be open here, the answers are
validated again by the same form, and pages and photo questions must name each other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from ..errors import Problem
from ..forms.filling import Filling
from ..forms.models import AcceptedForm, Procedure
from ..forms.shelf import FormShelf
from ..forms.validation import check
from ..identity.models import Commune
from .answers import Answers
from .questions import Questions, read_questions

# Within these bounds a phone's clock is believed for “today”: drafts may wait for weeks.
OLDEST, NEWEST = timedelta(days=90), timedelta(days=1)


def deciding_time(device_at: datetime, now: datetime) -> datetime:
    """When the answers are judged at: the phone's time where believable, else the server's."""
    return device_at if now - OLDEST <= device_at <= now + NEWEST else now


async def check_open(procedure: str, form: str, commune: str, now: datetime) -> None:
    """Raises `procedure-unknown`, `procedure-closed`, `form-unknown`, `commune-unknown`."""
    found = await Procedure.get_or_none(code=procedure)
    if found is None:
        raise Problem("procedure-unknown", {"procedure": procedure})
    if not found.is_open:
        raise Problem("procedure-closed", {"procedure": procedure})
    accepted = await AcceptedForm.get_or_none(procedure_code=procedure, form_digest=form)
    if accepted is None or (accepted.accepted_until and accepted.accepted_until < now):
        raise Problem("form-unknown")
    if not await Commune.exists(code=commune, is_open=True):
        raise Problem("commune-unknown", {"commune": commune})


def check_presets(answers: Answers, procedure: str, commune: str) -> None:
    """What the app filled in must be what the mutation says. Raises as `check_open` does."""
    if answers.get("_procedure", procedure) != procedure:
        raise Problem("procedure-unknown", {"procedure": str(answers["_procedure"])[:40]})
    if answers.get("_commune", commune) != commune:
        raise Problem("commune-unknown", {"commune": str(answers["_commune"])[:40]})


async def check_answers(
    forms: FormShelf,
    digest: str,
    answers: Answers,
    pages: dict[str, str],
    at: datetime,
    language: str = "",
) -> None:
    """Raises `answers-invalid` with the faults. `pages`: name → reference of each page sent."""
    form = await forms.get(digest)
    filling = Filling(form, answers=answers, now=at, language=language)
    refuse(faults_of(filling, read_questions(form.definition), answers, pages, answers))


def faults_of(
    filling: Filling,
    questions: Questions,
    answers: Answers,
    pages: dict[str, str],
    sent: Answers | None = None,
) -> list[dict[str, Any]]:
    """What the form finds wrong; with `sent`, calculations that differ from the phone's too.

    And photo questions without their page, and pages that no photo question names.
    """
    faults: list[dict[str, Any]] = [msgspec.to_builtins(one) for one in check(filling, sent)]
    named = questions.pages_named(answers)
    wrong = {ref for name, ref in named.items() if pages.get(name) != ref}
    wrong |= {ref for name, ref in pages.items() if named.get(name) != ref}
    return faults + [{"ref": ref, "kind": "unknown"} for ref in sorted(wrong)]


def refuse(faults: list[dict[str, Any]]) -> None:
    """Raises `answers-invalid` when there is any fault."""
    if faults:
        raise Problem("answers-invalid", {"count": len(faults), "faults": faults})
