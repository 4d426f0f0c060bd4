"""What a mutation from a phone must satisfy before it may change anything. Reads only.

The phone is never trusted: procedure, form version and commune must be open here, the answers are
validated again by the same form, and pages and photo questions must name each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from ..errors import Problem
from ..forms.definition import decode, decode_instance
from ..forms.form import Form
from ..forms.models import AcceptedForm, FormResource, FormVersion, Procedure
from ..forms.validation import validate
from ..identity.models import Commune
from .answers import Answers
from .questions import Questions, questions_of

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
    form: str,
    answers: Answers,
    pages: Iterable[tuple[str, str]],
    at: datetime,
    language: str = "",
) -> Questions:
    """Raises `answers-invalid` with the faults. `pages`: (name, reference) of each page."""
    questions = await questions_of(form)
    found = validate(await form_of(form), answers, now=at, language=language)
    faults = [msgspec.to_builtins(fault) for fault in found]
    faults += page_faults(questions, answers, dict(pages))
    if faults:
        raise Problem("answers-invalid", {"count": len(faults), "faults": faults})
    return questions


async def form_of(digest: str) -> Form:
    """A published form, ready to judge answers. Raises `form-unknown`."""
    version = await FormVersion.get_or_none(digest=digest)
    if version is None:
        raise Problem("form-unknown")
    lists = await FormResource.filter(digest__in=version.resources) if version.resources else []
    return Form(
        decode(bytes(version.definition)),
        {one.digest: decode_instance(bytes(one.content)) for one in lists},
    )


def page_faults(
    questions: Questions, answers: Answers, pages: dict[str, str]
) -> list[dict[str, str]]:
    """Photo questions without their page, and pages no photo question names."""
    named = questions.pages_named(answers)
    wrong = {ref for name, ref in named.items() if pages.get(name) != ref}
    wrong |= {ref for name, ref in pages.items() if named.get(name) != ref}
    return [{"ref": ref, "kind": "unknown"} for ref in sorted(wrong)]
