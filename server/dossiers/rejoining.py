"""Two answers to one supplement: a mother on her phone, and the officer who helped her.

The second comes when the first has been taken in. What it says is held against what the asked
places contained before either: where only one of the two changed something, both changes stand;
where both changed the same place differently, a person decides and nothing is changed. What that
person sends then was written knowing the other text, so it takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..forms.shelf import FormShelf
from .answers import Answers, is_within, leaves, patched_with, without_positions
from .mending import Mended, Mending, completed
from .models import Dossier, Supplement
from .questions import questions_in


def three_way(
    before: Mapping[str, str], current: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str] | None:
    """What of `theirs` is to be put in, by reference; nothing at all when the two disagree (pure).

    A place that `theirs` leaves out was not touched there.
    """
    wanted: dict[str, str] = {}
    for ref, value in theirs.items():
        now, then = current.get(ref, ""), before.get(ref, "")
        if value in (now, then):
            continue
        if now != then:
            return None
        wanted[ref] = value
    return wanted


def within(answers: Answers, root: str, supplement: Supplement) -> dict[str, str]:
    """What the asked places of a supplement hold, by reference."""
    places = [item["path"] for item in supplement.items]
    return {
        ref: value
        for ref, value in leaves(answers, root)
        if any(is_within(ref, place) for place in places)
    }


async def rejoined(
    forms: FormShelf,
    dossier: Dossier,
    supplement: Supplement,
    sent: Mended,
    now: datetime,
    *,
    has_decided: bool,
) -> Mending | None:
    """What both answers come to together; nothing when a person must decide.

    Raises `answers-invalid` when they do not fit each other by the form's own rules.
    """
    if (dossier.state, dossier.stage) != (supplement.returns_state, supplement.returns_stage):
        return None  # somebody at the desk has gone on with the first answer
    form = await forms.get(dossier.form_digest)
    questions = questions_in(form)
    theirs = {
        ref: value
        for ref, value in within(sent.answers, questions.root, supplement).items()
        if without_positions(ref) not in questions.computed
    }
    current = within(dossier.answers, questions.root, supplement)
    wanted = three_way(current if has_decided else supplement.before, current, theirs)
    if wanted is None:
        return None
    return await completed(form, dossier, patched_with(dossier.answers, wanted), sent, now)
