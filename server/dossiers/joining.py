"""Two whole submissions of one draft: what of them joins, and what disagrees (pure).

Two phones went on with one draft, and no server ever saw it where they parted. So the base that
both are held against is the empty form: what only one of them answers was added there and nobody
took anything away; what both answer alike stands; what they answer differently is for a person to
decide, place by place. A repeat is one place: two lists of people cannot be mixed line by line.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..errors import Problem
from ..forms.form import Form
from .answers import Answers, leaves, without_positions
from .filing import Filing
from .models import Dossier
from .states import EXAMINING, Place

# Where answers may still change. Not once the signature is asked for: what is signed must be what
# the specialist examined.
OPEN = frozenset({Place("submitted"), Place("received"), EXAMINING, Place("supplement")})
THERE, SENT, BOTH = "there", "sent", "both"
# Whose dossier it is, by the name of the choice: the dossier's column and the filing's field.
APPLICANT = {
    "applicant": ("applicant_name", "name"),
    "id-number": ("applicant_id_number", "id_number"),
    "phone": ("applicant_phone", "phone"),
}
Pick: TypeAlias = Callable[[str, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Joined:
    """The answers together, and the dossier's columns that tell whose it is."""

    answers: Answers
    columns: dict[str, str]


def hindrance(dossier: Dossier, filing: Filing) -> str:
    """Why the two cannot become one dossier: `state`, `form`, or nothing."""
    if Place(dossier.state, dossier.stage) not in OPEN:
        return "state"
    mine = (dossier.form_digest, dossier.procedure_code, dossier.answers.get("_commune"))
    theirs = (filing.form, filing.procedure, filing.answers.get("_commune"))
    return "" if mine == theirs else "form"


def disagreements(form: Form, dossier: Dossier, filing: Filing) -> dict[str, tuple[str, ...]]:
    """The places that a person must decide about, each with what may be chosen there.

    A place is a question or a repeat by its reference, or a key of `APPLICANT`.
    """
    found: dict[str, tuple[str, ...]] = {}

    def note(place: str, mine: Any, theirs: Any) -> Any:
        found[place] = (THERE, SENT, BOTH) if isinstance(mine, list) else (THERE, SENT)
        return mine

    _join(form, dossier, filing, note)
    return found


def joined(form: Form, dossier: Dossier, filing: Filing, choices: Mapping[str, str]) -> Joined:
    """The two together, each disagreement as it was chosen.

    Raises `input-missing` for a place that nothing was chosen for.
    """

    def pick(place: str, mine: Any, theirs: Any) -> Any:
        choice = choices.get(place, "")
        if choice == THERE:
            return mine
        if choice == SENT:
            return theirs
        if choice == BOTH and isinstance(mine, list):
            known = [_told(form, place, [one]) for one in mine]
            return mine + [one for one in theirs if _told(form, place, [one]) not in known]
        raise Problem("input-missing", {"field": place})

    return _join(form, dossier, filing, pick)


def _join(form: Form, dossier: Dossier, filing: Filing, pick: Pick) -> Joined:
    columns: dict[str, str] = {}
    for key, (column, name) in APPLICANT.items():
        mine, theirs = getattr(dossier, column), getattr(filing.applicant, name)
        columns[column] = pick(key, mine, theirs) if mine and theirs not in ("", mine) else mine
        columns[column] = columns[column] or theirs
    root = f"/{form.nodes[0].name}"
    return Joined(_together(form, root, dossier.answers, filing.answers, pick), columns)


def _together(form: Form, at: str, mine: Answers, theirs: Answers, pick: Pick) -> Answers:
    found = dict(mine)
    for name, value in theirs.items():
        place, there = f"{at}/{name}", mine.get(name)
        if there is None or not _told(form, place, there):
            found[name] = value
        elif isinstance(there, dict) and isinstance(value, dict):
            found[name] = _together(form, place, there, value, pick)
        elif place not in settled(form) and _told(form, place, value):
            is_same = _told(form, place, there) == _told(form, place, value)
            found[name] = there if is_same else pick(place, there, value)
    return found


def _told(form: Form, place: str, part: Any) -> Any:
    """What people answered in a part of the answers, without what the form settles itself."""
    if isinstance(part, str):
        return part
    instances = part if isinstance(part, list) else [part]
    told = [
        sorted(
            (ref, value)
            for ref, value in leaves(one, place[1:])
            if without_positions(ref) not in settled(form)
        )
        for one in instances
    ]
    return [one for one in told if one]


@functools.lru_cache(maxsize=64)
def settled(form: Form) -> frozenset[str]:
    """References of what nobody was asked: computed by the form, or noted by the phone for itself.

    What a person may type over is an answer; a hidden calculation that hangs on the clock stays
    what it is in the dossier.
    """
    return frozenset(
        ref
        for at, ref in enumerate(_references(form))
        if form.nodes[at].preload is not None
        or (form.nodes[at].calculate is not None and not (at in form.believed and _asks(form, at)))
    )


def _asks(form: Form, at: int) -> bool:
    element = form.elements.get(at)
    return element is not None and element.as_ != "note"


def _references(form: Form) -> Iterator[str]:
    refs: list[str] = []
    for node in form.nodes:
        parent = refs[node.parent] if node.parent >= 0 else ""
        refs.append(f"{parent}/{node.name}")
        yield refs[-1]
