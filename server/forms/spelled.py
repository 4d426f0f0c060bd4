"""Expression trees as text again, for people: questions by name, never by their place in a list.

Two versions of a form say the same where their spelled expressions are equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from .definition import Definition, Expr
from .places import Places
from .wording import plain

INFIX = {"+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"}


class Speller:
    """Spells the expressions of one definition."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.places = Places(definition.nodes)
        self.count = Counter(node.name for node in definition.nodes)
        self.special: dict[str, Callable[[list[Any]], str]] = {
            "$": lambda rest: self.name(rest[0]),
            ".": lambda _: ".",
            "neg": lambda rest: f"-{self._part('neg', rest[0])}",
            "text": self._text,
            "path": self._path,
            "lookup": self._lookup,
            "filter": lambda rest: f"({self.spell(rest[0])})" + self._predicates(rest[1:]),
        }

    def spell(self, tree: Expr | None) -> str:
        """Return the expression as an author may have written it; empty for none."""
        if tree is None:
            return ""
        if isinstance(tree, str):
            return f'"{tree}"' if "'" in tree else f"'{tree}'"
        if isinstance(tree, (int, float)):
            return f"{tree:g}" if isinstance(tree, float) else str(tree)
        head, *rest = tree
        if head in INFIX:
            return f" {head} ".join(self._part(head, part) for part in rest)
        special = self.special.get(head)
        if special is not None:
            return special(rest)
        return f"{head}({', '.join(self.spell(part) for part in rest)})"

    def name(self, at: int) -> str:
        """Return `${name}`, or the path where several nodes bear the name."""
        name = self.definition.nodes[at].name
        return f"${{{name}}}" if self.count[name] == 1 else self.places.path(at)

    def _part(self, head: str, part: Any) -> str:
        said = self.spell(part)
        within = part[0] if isinstance(part, list) and part[0] in INFIX else None
        if head in ("and", "or"):
            return f"({said})" if within in ("and", "or") and within != head else said
        return f"({said})" if within else said

    def _text(self, rest: list[Any]) -> str:
        return self.spell(plain(rest[0], next(iter(self.definition.languages), "")))

    def _lookup(self, rest: list[Any]) -> str:
        name, column, key, out = rest
        return f"instance('{name}')/root/item[{column} = {self.spell(key)}]/{out}"

    def _path(self, rest: list[Any]) -> str:
        start, *steps = rest
        said = {".": ".", "/": ""}.get(start) if isinstance(start, str) else self.spell(start)
        for axis, test, *predicates in steps:
            step = {"child": test, "parent": "..", "self": "."}.get(axis, f"{axis}::{test}")
            said = f"{said}/{step}{self._predicates(predicates)}"
        return said or "/"

    def _predicates(self, predicates: list[Any]) -> str:
        return "".join(f"[{self.spell(one)}]" for one in predicates)
