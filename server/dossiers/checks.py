"""What a mutation from a phone must satisfy before it may change anything. Reads only.

The phone is never trusted: procedure, form version and commune must be open here, the answers are
validated again by the same form, and pages and photo questions must name each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from ..errors import Problem
from ..forms.filling import Filling
from ..forms.form import Form
from ..forms.models import AcceptedForm, Procedure
from ..forms.validation import check
from ..identity.models import Commune
from ..rows import Look, look_up, moment_of
from .answers import Answers
from .questions import Questions, questions_in

# Within these bounds a phone's clock is believed for “today”: drafts may wait for weeks.
OLDEST, NEWEST = timedelta(days=90), timedelta(days=1)


def deciding_time(device_at: datetime, now: datetime) -> datetime:
    """When the answers are judged at: the phone's time where believable, else the server's."""
    return device_at if now - OLDEST <= device_at <= now + NEWEST else now


@dataclass(frozen=True, slots=True)
class Openings:
    """What is taken at one moment: procedures by code, form versions by procedure, communes."""

    procedures: dict[str, bool]
    forms: frozenset[tuple[str, str]]
    communes: frozenset[str]

    def check(self, procedure: str, form: str, commune: str) -> None:
        """Raises `procedure-unknown`, `procedure-closed`, `form-unknown`, `commune-unknown`."""
        if procedure not in self.procedures:
            raise Problem("procedure-unknown", {"procedure": procedure})
        if not self.procedures[procedure]:
            raise Problem("procedure-closed", {"procedure": procedure})
        if (procedure, form) not in self.forms:
            raise Problem("form-unknown")
        if commune not in self.communes:
            raise Problem("commune-unknown", {"commune": commune})


async def openings(procedures: Iterable[str], communes: Iterable[str], now: datetime) -> Openings:
    """What is taken of these procedures, and which of these communes are open."""
    return openings_from(await look_up(openings_sought(procedures, communes)), now)


def openings_sought(procedures: Iterable[str], communes: Iterable[str]) -> list[Look]:
    """What `openings_from` needs to know of procedures and communes."""
    codes = sorted(set(procedures))
    names = ("procedure_code", "form_digest", "accepted_until")
    return [
        Look(Procedure, ("code", "is_open"), "code", codes),
        Look(AcceptedForm, names, "procedure_code", codes),
        Look(Commune, ("code", "is_open"), "code", sorted(set(communes))),
    ]


def openings_from(found: Sequence[Sequence[tuple[Any, ...]]], now: datetime) -> Openings:
    """What is taken, from what was found of it."""
    known, accepted, served = found
    return Openings(
        procedures={code: bool(is_open) for code, is_open in known},
        forms=frozenset(
            (code, form)
            for code, form, until in accepted
            if (last := moment_of(until)) is None or last >= now
        ),
        communes=frozenset(code for code, is_open in served if is_open),
    )


def check_presets(answers: Answers, procedure: str, commune: str) -> None:
    """What the app filled in must be what the mutation says. Raises as `Openings.check` does."""
    if answers.get("_procedure", procedure) != procedure:
        raise Problem("procedure-unknown", {"procedure": str(answers["_procedure"])[:40]})
    if answers.get("_commune", commune) != commune:
        raise Problem("commune-unknown", {"commune": str(answers["_commune"])[:40]})


def check_answers(
    form: Form,
    answers: Answers,
    pages: dict[str, str],
    at: datetime,
    language: str = "",
) -> None:
    """Raises `answers-invalid` with the faults. `pages`: name → reference of each page sent."""
    filling = Filling(form, answers=answers, now=at, language=language)
    faults = faults_of(filling, questions_in(form), answers, pages, answers)
    filling.growth.dissolve()
    refuse(faults)


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
