"""What the answer to a supplement comes to: the dossier's answers with the asked places mended.

The form then computes again what follows from them, so the phone sends no more than it was asked
for, and a question that is no longer relevant takes its page with it. Reads only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..forms.filling import Filling
from ..forms.form import Form
from ..forms.instance import InstanceNode
from ..forms.shelf import FormShelf
from .answers import Answers, merged
from .checks import check_presets, deciding_time, faults_of, refuse
from .models import Dossier, Supplement
from .photographs import NamedPage, current_pages
from .questions import questions_in


@dataclass(frozen=True, slots=True)
class Mending:
    """The whole answers, the pages to add, the names of pages that stay."""

    answers: Answers
    pages: tuple[NamedPage, ...]
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mended:
    """What the phone sent for a supplement."""

    answers: Answers
    pages: tuple[NamedPage, ...]
    device_at: datetime
    language: str


async def mend(
    forms: FormShelf, dossier: Dossier, supplement: Supplement, sent: Mended, now: datetime
) -> Mending:
    """Raises `supplement-outside`, `answers-invalid`."""
    form = await forms.get(dossier.form_digest)
    questions = questions_in(form)
    patched = merged(
        dossier.answers,
        sent.answers,
        [item["path"] for item in supplement.items],
        questions.root,
        lambda ref: ref in questions.computed,
    )
    return await completed(form, dossier, patched, sent, now)


async def completed(
    form: Form, dossier: Dossier, patched: Answers, sent: Mended, now: datetime
) -> Mending:
    """The dossier's answers after a patch, computed and judged by the form as a whole.

    Raises `answers-invalid`.
    """
    questions = questions_in(form)
    check_presets(patched, dossier.procedure_code, dossier.commune_code)
    at = deciding_time(sent.device_at, now)
    filling = Filling(form, answers=patched, now=at, language=sent.language)
    answers = answers_of(filling.growth.top, form.definition.nodes)
    named = questions.pages_named(answers)
    held = {page.name: page.path for page in await current_pages(dossier) if page.name in named}
    added = tuple(page for page in sent.pages if page.name in named and page.name not in held)
    pages = {**held, **{page.name: page.path for page in added}}
    refuse(faults_of(filling, questions, answers, pages))
    return Mending(answers, added, frozenset(held))


def answers_of(node: InstanceNode, specs: Any) -> Answers:
    """The answers below a node: relevant and not empty, repeats as arrays."""
    found: Answers = {}
    for child in node.children:
        if not child.relevant:
            continue
        kind = specs[child.at].kind
        if kind == "value":
            if child.value:
                found[child.name] = child.value
            continue
        inner = answers_of(child, specs)
        if kind == "repeat":
            found.setdefault(child.name, []).append(inner)
        elif inner:
            found[child.name] = inner
    return found
