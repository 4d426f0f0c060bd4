"""Questions that no answers lead to: their condition is false whatever is answered.

Conditions are folded as far as they stand fixed: literals, a choice that its question never offers,
a question that is itself never asked, two picks of one question at once. What cannot be told counts
as possible, so nothing is called unreachable that might be reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from itertools import pairwise
from typing import Any, TypeAlias

from .compiler import Compiled
from .definition import Definition, Expr, Instance, decode_instance
from .findings import Findings
from .operators import RELATIONS
from .places import Places
from .values import number_of_text
from .wording import elements_of, ever_offered, named

Fixed: TypeAlias = bool | float | str
FACETS = ("relevant", "required", "readonly", "calculate", "constraint", "count")


class Reach:
    """What of a form can ever be asked. `lists` are its secondary instances by name."""

    def __init__(self, definition: Definition, lists: Mapping[str, Instance]) -> None:
        self.definition = definition
        self.nodes = definition.nodes
        self.places = Places(definition.nodes)
        self.elements = elements_of(definition)
        self.lists = lists
        self._offered: dict[int, frozenset[str] | None] = {}
        # Values may come to these from elsewhere than a person's choice.
        self.written = {action.set for action in definition.actions} | {
            below
            for at, node in enumerate(self.nodes)
            if node.initial
            for below in self.places.below(at)
        }
        self.dead: set[int] = set()
        while self._spread():
            pass

    def unreachable(self) -> list[int]:
        """Return the outermost nodes that are never asked, in the order of the form."""
        return [
            at
            for at in sorted(self.dead)
            if self.nodes[at].parent not in self.dead
            and any(below in self.elements for below in self.places.below(at))
        ]

    def unoffered(self) -> Iterator[tuple[int, str, int, str]]:
        """Give each condition that asks for a choice nobody can make.

        Node and facet of the condition, the question, the value.
        """
        for at, node in enumerate(self.nodes):
            for facet in FACETS:
                for question, value in sorted(self._asked_in(getattr(node, facet))):
                    offered = self.offered(question)
                    if value and offered is not None and value not in offered:
                        yield at, facet, question, value

    def offered(self, at: int) -> frozenset[str] | None:
        """Return the values a person may pick; None where others may come too."""
        if at not in self._offered:
            self._offered[at] = self._values(at)
        return self._offered[at]

    def fold(self, tree: Expr) -> Fixed | None:
        """Return the value that an expression always has, or None when it depends on answers."""
        if not isinstance(tree, list):
            return float(tree) if isinstance(tree, int) else tree
        head, *rest = tree
        if head == "$":
            return "" if rest[0] in self.dead else None
        if head in ("true", "false"):
            return bool(head == "true")
        if head in ("not", "boolean") and rest:
            truth = self._truth(rest[0])
            return None if truth is None else truth != (head == "not")
        if head in ("and", "or"):
            return self._logic(head, rest)
        if head in ("=", "selected") and self._is_never(tree):
            return False
        if head in ("=", "!=", *RELATIONS):
            return self._compared(head, rest)
        return None

    def _spread(self) -> bool:
        """Find more that is dead, given what is; whether there was any."""
        found = {
            at
            for at, node in enumerate(self.nodes)
            if at not in self.dead
            and (
                node.parent in self.dead
                or (node.relevant is not None and self._truth(node.relevant) is False)
                or (node.count is not None and self._is_none(self.fold(node.count)))
            )
        }
        self.dead |= found
        return bool(found)

    def _is_none(self, count: Fixed | None) -> bool:
        return count is not None and not _number(count) >= 1

    def _truth(self, tree: Expr) -> bool | None:
        # A node is true because it is there, whatever it holds.
        if isinstance(tree, list) and tree[0] == "$":
            return None
        value = self.fold(tree)
        return None if value is None else bool(value) and value == value

    def _logic(self, head: str, rest: list[Any]) -> bool | None:
        parts = [self._truth(part) for part in rest]
        decisive = head == "or"
        if decisive in parts:
            return decisive
        if head == "and" and self._contradicts(rest):
            return False
        return None if None in parts else not decisive

    def _contradicts(self, parts: list[Any]) -> bool:
        """Tell whether one question would have to hold two texts at once."""
        picks = sorted(
            pair for part in parts if part[0] == "=" for pair in _picks(part) if self._is_one(pair)
        )
        return any(a[0] == b[0] and a[1] != b[1] for a, b in pairwise(picks))

    def _is_one(self, pair: tuple[int, str]) -> bool:
        return self.places.home[pair[0]] == 0

    def _is_never(self, tree: list[Any]) -> bool:
        for at, value in _picks(tree):
            if at in self.dead:
                return value != ""
            offered = self.offered(at) if self._is_told(tree[0], at) else None
            if value and offered is not None and value not in offered:
                return True
        return False

    def _compared(self, head: str, rest: list[Any]) -> bool | None:
        one, two = self.fold(rest[0]), self.fold(rest[1])
        if one is None or two is None or isinstance(one, bool) or isinstance(two, bool):
            return None
        if head in RELATIONS:
            return RELATIONS[head](_number(one), _number(two))
        if isinstance(one, str) and isinstance(two, str):
            return (one == two) == (head == "=")
        return (_number(one) == _number(two)) == (head == "=")

    def _asked_in(self, tree: Any) -> set[tuple[int, str]]:
        if not isinstance(tree, list):
            return set()
        found = {pair for part in tree[1:] for pair in self._asked_in(part)}
        if tree[0] in ("=", "!=", "selected"):
            found |= {pair for pair in _picks(tree) if self._is_told(tree[0], pair[0])}
        return found

    def _is_told(self, head: str, at: int) -> bool:
        # A text of several picks equals none of them: only `selected` looks into it.
        return head == "selected" or self.nodes[at].type == "select1"

    def _values(self, at: int) -> frozenset[str] | None:
        node, element = self.nodes[at], self.elements.get(at)
        if node.type not in ("select1", "select", "rank") or element is None:
            return None
        if node.calculate is not None or node.preload or at in self.written:
            return None
        labels = ever_offered(element.choices, self.lists, "")
        if labels is None:
            return None
        return frozenset(labels) | frozenset((node.value or "").split())


def lists_of(made: Compiled) -> dict[str, Instance]:
    """Return the secondary instances of a compiled form by name, resources read."""
    return {
        name: decode_instance(made.resources[one.resource][1]) if one.resource else one
        for name, one in made.definition.instances.items()
    }


def note(made: Compiled, findings: Findings) -> None:
    """Note what no path reaches and which conditions ask for choices that are not offered."""
    reach = Reach(made.definition, lists_of(made))
    language = next(iter(made.definition.languages), "")
    for at in reach.unreachable():
        label = named(made.definition, at, reach.elements, language)
        place = f"{reach.places.path(at)} relevant"
        findings.warning("question-unreachable", place, text=label[:60])
    for at, facet, question, value in reach.unoffered():
        label = named(made.definition, question, reach.elements, language)
        place = f"{reach.places.path(at)} {facet}"
        findings.warning("choice-unoffered", place, text=label[:60], value=value)


def _picks(tree: list[Any]) -> list[tuple[int, str]]:
    """Return the question and the text in `question = 'text'`, either way round, or `selected`."""
    if len(tree) != 3:
        return []
    is_turned = isinstance(tree[1], str) and tree[0] != "selected"
    one, two = (tree[2], tree[1]) if is_turned else (tree[1], tree[2])
    if isinstance(one, list) and one[0] == "$" and len(one) == 2 and isinstance(two, str):
        return [(one[1], two)]
    return []


def _number(value: Fixed) -> float:
    if isinstance(value, str):
        return number_of_text(value, UTC)
    return float(value)
