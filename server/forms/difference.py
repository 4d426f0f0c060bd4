"""Two versions of a form compared in the form's own words; what becomes of answers in drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .definition import Definition, Element, Instance, Node
from .pairs import holds, pair
from .places import Places
from .spelled import Speller
from .wording import elements_of, ever_offered, named, plain

EXPRESSIONS = ("relevant", "readonly", "required", "constraint", "calculate", "count")
MESSAGES = ("required_message", "constraint_message")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a form with its lists by name."""

    definition: Definition
    lists: Mapping[str, Instance]


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing about a question that differs; empty text where there was or is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one question, group or repeat. `path` is that of the version it is in.

    `kind`: added, removed, moved (at another path, perhaps changed too), changed.
    `offered`, `withdrawn`: labels of choices. `fate`: what it means for answers in drafts.
    """

    kind: str
    path: str
    label: str
    facets: list[Facet] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    moved_from: str = ""
    fate: str = ""


def compare(old: Version, new: Version, language: str = "") -> list[Change]:
    """Return the changes in the order of the new version, the removals last."""
    language = language or next(iter(new.definition.languages), "")
    sides = _Side(old, language), _Side(new, language)
    pairs = pair(old.definition, new.definition)
    was = {to: at for at, to in enumerate(pairs) if to >= 0}
    found: list[Change] = []
    for at, node in enumerate(new.definition.nodes):
        if at in was:
            found += _altered(*sides, was[at], at)
        elif sides[1].is_told(at, node):
            found.append(Change("added", *sides[1].called(at), fate=_added(sides[1], at)))
    for at, node in enumerate(old.definition.nodes):
        if pairs[at] < 0 and sides[0].is_told(at, node):
            is_asked = node.kind == "value" and node.calculate is None
            fate = "lost" if is_asked and at in sides[0].elements else ""
            found.append(Change("removed", *sides[0].called(at), fate=fate))
    return found


class _Side:
    """A version ready to be compared."""

    def __init__(self, version: Version, language: str) -> None:
        self.definition, self.lists = version.definition, version.lists
        self.language = language
        self.elements = elements_of(version.definition)
        self.places = Places(version.definition.nodes)
        self.speller = Speller(version.definition)

    def is_told(self, at: int, node: Node) -> bool:
        """Tell of what an author wrote: not of the root, nor of what forms carry for themselves."""
        return node.kind != "root" and (at in self.elements or node.name not in ("meta",))

    def called(self, at: int) -> tuple[str, str]:
        """Return path and label."""
        return self.places.path(at), named(self.definition, at, self.elements, self.language)

    def facets(self, at: int) -> dict[str, str]:
        """Return everything about a node that an author writes, as text."""
        node, element = self.definition.nodes[at], self.elements.get(at)
        told = {name: self.speller.spell(getattr(node, name)) for name in EXPRESSIONS}
        told |= {name: plain(getattr(node, name), self.language) for name in MESSAGES}
        told |= {"type": node.type or "string", "default": node.value or ""}
        if element is not None:
            told |= {
                "label": plain(element.label, self.language),
                "hint": plain(element.hint, self.language),
                "control": element.as_,
                "appearance": " ".join(element.appearance or []),
                "choice filter": self._filter(element),
            }
        return told

    def offered(self, at: int) -> dict[str, str] | None:
        """Return value → label of the choices, where that can be told."""
        element = self.elements.get(at)
        return ever_offered(element.choices if element else None, self.lists, self.language)

    def _filter(self, element: Element) -> str:
        choices = element.choices
        if choices is None:
            return ""
        parts = [f"{column} = {self.speller.spell(tree)}" for column, tree in choices.where or []]
        return " and ".join([*parts, *filter(None, [self.speller.spell(choices.filter)])])


def _altered(old: _Side, new: _Side, before: int, after: int) -> Iterator[Change]:
    was, now = old.facets(before), new.facets(after)
    facets = [
        Facet(name, was.get(name, ""), now.get(name, ""))
        for name in dict.fromkeys([*now, *was])
        if was.get(name, "") != now.get(name, "")
    ]
    one, two = old.offered(before), new.offered(after)
    offered, withdrawn = [], []
    if one is not None and two is not None:
        offered = [label for value, label in two.items() if value not in one]
        withdrawn = [label for value, label in one.items() if value not in two]
        facets += [
            Facet(f"choice {value}", label, two[value])
            for value, label in one.items()
            if value in two and two[value] != label
        ]
    path, label = new.called(after)
    origin, _ = old.called(before)
    is_moved = _below_root(origin) != _below_root(path)
    if not facets and not offered and not withdrawn and not is_moved:
        return
    node = new.definition.nodes[after]
    is_asked = node.kind == "value" and after in new.elements and node.calculate is None
    fate = _fate(old, new, before, after, facets, withdrawn) if is_asked else ""
    kind, moved_from = ("moved", origin) if is_moved else ("changed", "")
    yield Change(kind, path, label, facets, offered, withdrawn, moved_from, fate)


def _fate(
    old: _Side,
    new: _Side,
    before: int,
    after: int,
    facets: list[Facet],
    withdrawn: list[str],
) -> str:
    """Return what becomes of answers: the worst that may happen to one."""
    if not holds(old.definition.nodes[before], new.definition.nodes[after]):
        return "lost-type"
    if withdrawn:
        return "lost-choice"
    names = {facet.name for facet in facets}
    if names & {"relevant", "choice filter"}:
        return "may-be-hidden"
    if names & {"constraint", "type"}:
        return "may-need-mending"
    is_wanted = "required" in names and new.definition.nodes[after].required is not None
    return "must-be-answered" if is_wanted else ""


def _added(side: _Side, at: int) -> str:
    node = side.definition.nodes[at]
    is_wanted = node.required is not None and at in side.elements
    return "must-be-answered" if is_wanted else ""


def _below_root(path: str) -> str:
    return "/".join(path.split("/")[2:])
