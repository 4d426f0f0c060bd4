"""What publishing a new version means for those who began on an older one, tried before it is done.

Dossiers keep the version they were filed on, so nothing of theirs changes; whether what a clerk
asked them again can be answered there is checked. Drafts lie on phones and are not seen here: the
answers of open dossiers stand for them, put into the new version by the rules the phone follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from .difference import Version
from .pairs import Fit, fit, pair
from .places import Places
from .wording import elements_of, ever_offered, named


@dataclass(frozen=True, slots=True)
class Filed:
    """One open dossier: the version it was filed on, its answers, the paths asked again."""

    form: str
    answers: Mapping[str, Any]
    asked: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What the new version means for the dossiers of one older version.

    `unaskable`: paths asked again that this version does not have (there should be none).
    `whole`: how many of the dossiers would lose no answer as drafts; `lost`: (label, why) → how
    many would lose it, why being `gone`, `type` or `choice`.
    """

    form: str
    version: str
    dossiers: int = 0
    supplements: int = 0
    unaskable: list[str] = field(default_factory=list)
    whole: int = 0
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)


WHY = {
    "gone": "is asked no more",
    "type": "is answered in another way",
    "choice": "no longer offers the choice",
}


def rehearse(
    new: Version, old: Mapping[str, Version], filed: Iterable[Filed], language: str = ""
) -> list[Outcome]:
    """Try the new version on open dossiers; `old` holds their versions by digest."""
    outcomes: dict[str, Outcome] = {}
    trials: dict[str, Trial] = {}
    for one in filed:
        if one.form not in old:
            continue
        version = old[one.form]
        if one.form not in outcomes:
            outcomes[one.form] = Outcome(one.form, version.definition.version)
            trials[one.form] = Trial(version, new, language)
        outcome, trial = outcomes[one.form], trials[one.form]
        outcome.dossiers += 1
        outcome.supplements += bool(one.asked)
        outcome.unaskable += [path for path in one.asked if not trial.asks(path)]
        lost = set(trial.lost(one.answers))
        outcome.whole += not lost
        outcome.lost.update(lost)
    return list(outcomes.values())


def told(outcomes: list[Outcome], until: datetime) -> Iterator[str]:
    """Give the outcomes as lines; older versions are taken until `until`."""
    for one in outcomes:
        name = f"version {one.version or '-'} ({one.form[:12]})"
        yield f"  {_count(one.dossiers, 'open dossier')} on {name}: kept on that version."
        if one.supplements:
            yield f"    {_count(one.supplements, 'supplement')} asked: answered on that version."
        for path in sorted(set(one.unaskable)):
            yield f"    warning: {path} was asked again, but that version has no such question."
        yield f"    Drafts begun on it are taken until {until:%Y-%m-%d}, or carried over."
        yield f"    With the answers of these dossiers {one.whole} would carry over whole."
        for (label, why), count in one.lost.most_common():
            yield f"    {_count(count, 'answer')} would have no place: “{label}” {WHY[why]}."


class Moved(NamedTuple):
    """What becomes of one answer. `ref` in the old version, `to` in the new one, empty if gone."""

    node: int
    ref: str
    to: str
    value: str
    fit: Fit


class Trial:
    """Puts answers of one version into another, without running either.

    So it does not see what only running shows: a filter that offers less, a question hidden.
    """

    def __init__(self, old: Version, new: Version, language: str = "") -> None:
        self.old, self.new = old.definition, new.definition
        self.language = language or next(iter(self.old.languages), "")
        self.pairs = pair(self.old, self.new)
        self.elements, self.asking = elements_of(self.old), elements_of(self.new)
        self.places, self.new_places = Places(self.old.nodes), Places(self.new.nodes)
        self.paths = {self.places.path(at) for at in range(len(self.old.nodes))}
        self.offered = {
            at: ever_offered(element.choices, new.lists, self.language)
            for at, element in self.asking.items()
        }

    def asks(self, path: str) -> bool:
        """Tell whether the old version has what a path names; positions left aside."""
        return re.sub(r"\[[0-9]+\]", "", path) in self.paths

    def lost(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Give label and reason of each answer that has no place in the new version."""
        for one in self.moved(answers):
            if one.fit.why:
                yield named(self.old, one.node, self.elements, self.language), one.fit.why

    def moved(self, answers: Mapping[str, Any]) -> Iterator[Moved]:
        """Give what becomes of each answer of a person, in the order of the form."""
        for at, positions, value in self._leaves(0, (), answers):
            element = self.elements.get(at)
            if element is None or self.old.nodes[at].calculate is not None:
                continue
            ref = _reference(self.places, at, positions)
            to = self.pairs[at]
            if to < 0:
                yield Moved(at, ref, "", value, Fit("", value, "gone"))
                continue
            asking = self.asking.get(to)
            if "trigger" in (element.as_, asking.as_ if asking else ""):
                # What was declared of another form is asked again.
                continue
            if element.mediatype != (asking.mediatype if asking else None):
                found = Fit("", value, "type")
            else:
                found = fit(self.old.nodes[at], self.new.nodes[to], self.offered.get(to), value)
            yield Moved(at, ref, _reference(self.new_places, to, positions), value, found)

    def _leaves(
        self, at: int, positions: tuple[int, ...], answers: Mapping[str, Any]
    ) -> Iterator[tuple[int, tuple[int, ...], str]]:
        for child in self.places.children[at]:
            given = answers.get(self.old.nodes[child].name)
            if isinstance(given, str):
                yield child, positions, given
            elif isinstance(given, Mapping):
                yield from self._leaves(child, positions, given)
            elif isinstance(given, list):
                for position, entry in enumerate(given, 1):
                    yield from self._leaves(child, (*positions, position), entry)


def _reference(places: Places, at: int, positions: tuple[int, ...]) -> str:
    left = iter(positions)
    steps = [
        f"{node.name}[{next(left, 1)}]" if node.kind == "repeat" else node.name
        for node in (places.nodes[i] for i in reversed([at, *places.ancestors(at)]))
    ]
    return "/" + "/".join(steps)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
