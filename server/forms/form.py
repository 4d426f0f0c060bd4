"""A definition made ready to run: closures built once, places and lists at hand.

A Form holds no answers and may serve any number of fillings at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from typing import Any, NamedTuple

from .closures import Closure
from .definition import Action, Choices, Definition, Element, Expr, Instance
from .evaluate import Builder
from .functions import VOLATILE
from .lexical import TESTS
from .places import Places
from .tables import Table

FACET_KINDS = {
    "calculate": "s",
    "relevant": "b",
    "readonly": "b",
    "required": "b",
    "count": "n",
    "constraint": "b",
}

CONSTANTS = (["true"], ["false"])
# What may give other words in another language.
SPEAKING = frozenset(("jr:choice-name", "instance", "lookup", "text"))


class Step(NamedTuple):
    """One entry of the definition's order, ready to compute."""

    node: int
    facet: str
    compute: Closure


class Sprout(NamedTuple):
    """A node as an instance begins with it."""

    at: int
    name: str
    kind: str
    value: str
    is_readonly: bool
    is_required: bool


class Judging(NamedTuple):
    """What a value of a question is held against; None where there is nothing of a kind.

    `is_list`: several choices, parted by spaces.
    """

    fits: Callable[[str, tzinfo], bool] | None
    is_list: bool
    has_choices: bool
    ends: tuple[float, float] | None
    constraint: Closure | None


class Form:
    """One form version, ready to be filled or checked. `resources` are the lists by digest."""

    def __init__(
        self, definition: Definition, resources: Mapping[str, Instance | Table] | None = None
    ) -> None:
        self.definition = definition
        self.nodes = definition.nodes
        self.languages = definition.languages or [""]
        self.places = Places(definition.nodes)
        self.tables = {
            name: self._table(name, instance, resources or {})
            for name, instance in definition.instances.items()
        }
        self.steps = [
            Step(node, facet, self._facet(node, facet)) for node, facet in definition.order
        ]
        # Constant facets are no work: nodes are born with them.
        self.first_due = bytes(not self._is_constant(*entry) for entry in definition.order)
        self.always_readonly = self._always("readonly")
        self.always_required = self._always("required")
        self.readers = [
            [(position, self._shared(position, at)) for position in positions]
            for at, positions in enumerate(definition.feeds)
        ]
        self.speaking = [
            position
            for position, (node, facet) in enumerate(definition.order)
            if names_one_of(getattr(self.nodes[node], facet), SPEAKING)
        ]
        self.calculations = {
            node: position
            for position, (node, facet) in enumerate(definition.order)
            if facet == "calculate"
        }
        self.elements = {e.node: e for e in walk(definition.body) if e.node is not None}
        self.choices: dict[int, Choices] = {
            at: element.choices for at, element in self.elements.items() if element.choices
        }
        self.judgings = [self._judging(at) for at in range(len(self.nodes))]
        # Calculations that submitted answers are believed about.
        self.believed = {
            i
            for i, node in enumerate(self.nodes)
            if is_volatile(node.calculate) or (node.calculate is not None and self._is_typed(i))
        }
        self.counted = {i for i, node in enumerate(self.nodes) if node.count is not None}
        self.actions = definition.actions
        self.triggers = {
            action.of for action in self.actions if "xforms-value-changed" in action.on
        }
        self.sprouts = [[self._sprout(child) for child in below] for below in self.places.children]
        self.kinds = [
            {self.nodes[child].name: self.nodes[child].kind for child in children}
            for children in self.places.children
        ]
        self.steps_of: list[list[int]] = [[] for _ in self.nodes]
        for position, step in enumerate(self.steps):
            self.steps_of[step.node].append(position)
        self._closures: dict[tuple[int, int, str], Closure] = {}

    def closure(self, tree: Expr, origin: int, kind: str) -> Closure:
        """Return the closure of a tree that belongs to this definition, built when first needed."""
        key = (id(tree), origin, kind)
        made = self._closures.get(key)
        if made is None:
            made = self._closures[key] = Builder(self.places, origin).wanted(kind, tree)
        return made

    def action_value(self, action: Action) -> Closure:
        """Return the closure of what a `setvalue` sets."""
        return self.closure(action.value, action.set, "s")

    def _is_constant(self, at: int, facet: str) -> bool:
        return facet in ("readonly", "required") and getattr(self.nodes[at], facet) in CONSTANTS

    def _always(self, facet: str) -> set[int]:
        return {i for i, node in enumerate(self.nodes) if getattr(node, facet) == ["true"]}

    def _sprout(self, at: int) -> Sprout:
        node = self.nodes[at]
        value = (node.value or "") if node.kind == "value" else ""
        is_required = node.kind == "value" and at in self.always_required
        return Sprout(at, node.name, node.kind, value, at in self.always_readonly, is_required)

    def _judging(self, at: int) -> Judging | None:
        node, element = self.nodes[at], self.elements.get(at)
        kind, ends = node.type or "", _ends(element) if element else None
        found = Judging(
            fits=TESTS.get(kind),
            is_list=kind in ("select", "rank"),
            has_choices=at in self.choices,
            ends=ends,
            constraint=None if node.constraint is None else self._facet(at, "constraint"),
        )
        return found if any((found.fits, found.has_choices, ends, found.constraint)) else None

    def _is_typed(self, at: int) -> bool:
        """Tell whether a person may type over the calculation of a node: it is asked, and nothing
        around it is read-only for good."""
        element = self.elements.get(at)
        if element is None or element.as_ == "note":
            return False
        while at >= 0:
            if at in self.always_readonly:
                return False
            at = self.nodes[at].parent
        return True

    def _facet(self, at: int, facet: str) -> Closure:
        node = self.nodes[at]
        tree = getattr(node, facet)
        origin = node.parent if facet == "count" else at
        return Builder(self.places, origin).wanted(FACET_KINDS[facet], tree)

    def _shared(self, position: int, read: int) -> int:
        """Return the repeat that holds both a facet and what it reads, 0 for the whole form.

        A path may lead anywhere, whatever holds both.
        """
        node, facet = self.definition.order[position]
        if len(self.places.scopes(read)) == 1 or reads_widely(getattr(self.nodes[node], facet)):
            return 0
        return self.places.shared_scope(read, self.nodes[node].parent if facet == "count" else node)

    def _table(
        self, name: str, instance: Instance, resources: Mapping[str, Instance | Table]
    ) -> Table:
        if instance.resource is None:
            return Table(instance, self.languages)
        found = resources.get(instance.resource)
        if found is None:
            raise KeyError(f"the list {name!r} ({instance.resource}) is missing")
        return found if isinstance(found, Table) else Table(found, self.languages)


def _ends(element: Element) -> tuple[float, float] | None:
    """Return the lower and the upper end of a range, if it is one and both are numbers."""
    if element.as_ != "range":
        return None
    start, end = ((element.params or {}).get(name) for name in ("start", "end"))
    if isinstance(start, int | float) and isinstance(end, int | float):
        return float(min(start, end)), float(max(start, end))
    return None


def walk(body: list[Element]) -> Iterator[Element]:
    """Give every element of a body, in order."""
    for element in body:
        yield element
        yield from walk(element.items or [])


def names_one_of(tree: Any, heads: frozenset[str]) -> bool:
    """Tell whether an expression uses one of these operators or functions."""
    if not isinstance(tree, list) or not tree:
        return False
    return tree[0] in heads or any(names_one_of(part, heads) for part in tree[1:])


def reads_widely(tree: Any) -> bool:
    """Tell whether an expression may read beyond the nearest repeat it shares with what it reads.

    A plain `$` does not; a path, or a `$` with a scope of its own, may.
    """
    if not isinstance(tree, list) or not tree:
        return False
    if tree[0] == "$":
        return len(tree) > 2
    return tree[0] == "path" or any(map(reads_widely, tree[1:]))


def is_volatile(tree: Any) -> bool:
    """Tell whether an expression depends on clock or chance."""
    if not isinstance(tree, list):
        return False
    return tree[0] in VOLATILE or any(map(is_volatile, tree[1:]))
