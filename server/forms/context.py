"""What an expression may ask of its surroundings: clock, zone, chance, language, lists.

Everything that could differ between two runs arrives here as an argument, so that an evaluation is
a pure function of its context. `Run` holds for a whole pass (now and today stand still in it),
`Context` for one expression or one step of a predicate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from .definition import Text
from .moments import Moment
from .tree import TreeNode


class Run:
    """The surroundings of one pass; what a bare expression has, forms and documents add to it."""

    def __init__(
        self,
        *,
        now_ms: float,
        zone: tzinfo,
        random: Callable[[], float],
        language: str = "",
        root: TreeNode | None = None,
        namespaces: Mapping[str, str] | None = None,
    ) -> None:
        self.now_ms = now_ms
        self.zone = zone
        self.random = random
        self.language = language
        self.root = root
        self.namespaces = namespaces or {}

    def now(self) -> Moment:
        """Return the moment of this pass."""
        return Moment(self.now_ms, self.zone)

    def uuid(self) -> str:
        """Return a random UUID (version 4) drawn from this run's source of chance."""
        digits = [int(self.random() * 16) for _ in range(32)]
        digits[12] = 4
        digits[16] = 8 | digits[16] & 3
        text = "".join("0123456789abcdef"[digit] for digit in digits)
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def instance(self, _name: str) -> list[TreeNode]:
        """Return the secondary instance of a name: the node whose child is its root element."""
        return []

    def cells(self, _instance: str, _column: str, _key: str, _out: str) -> list[TreeNode]:
        """Return the cells of column `out` in the rows whose `column` holds `key`."""
        return []

    def choice_label(self, _owner: TreeNode, _question: int, _value: str) -> str:
        """Return the label of a question's choice in the language of the run."""
        return ""

    def itext(self, _name: str) -> list[TreeNode]:
        """Return the nodes of a translated text in the language of the run."""
        return []

    def spoken(self, _text: Text, _context: Context) -> str:
        """Return a text in the language of the run, its outputs filled in."""
        return ""


class Context:
    """Where an expression stands: the context node, its place among its peers, and the origin.

    `origin` is the node whose bind is computed; it stays the same inside predicates. It is Any
    because the form's own nodes know their scope while a document's do not.
    """

    __slots__ = ("node", "origin", "position", "run", "size")

    def __init__(
        self, node: TreeNode, origin: Any, run: Run, position: int = 1, size: int = 1
    ) -> None:
        self.node = node
        self.origin = origin
        self.run = run
        self.position = position
        self.size = size
