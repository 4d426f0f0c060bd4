"""The form's own nodes while it is filled: values, relevance, and the instances of repeats.

A scope is the root or one instance of a repeat, and knows its nodes by the index of their
definition, so that a reference costs one look-up. The nodes are also a tree like any other, for the
paths that need one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .tree import TreeNode


class Scope:
    """The root or one repeat instance: its nodes, and the instances of the repeats inside."""

    __slots__ = ("at", "nodes", "outer", "ranges")

    def __init__(self, at: int, outer: Scope | None) -> None:
        self.at = at
        self.outer = outer
        self.nodes: dict[int, InstanceNode] = {}
        self.ranges: dict[int, list[InstanceNode]] = {}

    def around(self, at: int) -> Scope | None:
        """Return this scope or the nearest around it that belongs to a definition node."""
        scope: Scope | None = self
        while scope is not None and scope.at != at:
            scope = scope.outer
        return scope


class InstanceNode(TreeNode):
    """A node of the form being filled.

    `value` is what was answered, `offered` what is left of it when some of the choices picked are
    no longer offered; `text`, which expressions read, is empty while the node is not relevant.
    `own_relevant` is the node's own condition, `relevant` counts those around it too; `readonly`
    and `required` are the node's own.
    """

    parent: InstanceNode | None
    # The same in all of them.
    uri = ""
    kind = "element"
    attributes = ()
    __slots__ = (
        "at",
        "offered",
        "own_relevant",
        "readonly",
        "relevant",
        "required",
        "scope",
        "value",
    )

    def __init__(
        self, at: int, name: str, parent: InstanceNode | None, scope: Scope, value: str
    ) -> None:
        self.name = name
        self.parent = parent
        self.children: Any = ()
        self.at = at
        self.scope = scope
        self.value = value
        self.offered: str | None = None
        self.own_relevant = True
        self.relevant: bool = parent is None or parent.relevant
        self.text = value if self.relevant else ""
        self.readonly = False
        self.required = False

    def put(self, value: str) -> bool:
        """Set the value; tell whether what expressions read has changed."""
        self.value = value
        self.offered = None
        return self._read()

    def offer(self, offered: str | None) -> bool:
        """Set what is left of the value; tell whether what expressions read has changed."""
        self.offered = offered
        return self._read()

    def _read(self) -> bool:
        before = self.text
        text = self.value if self.offered is None else self.offered
        self.text = text if self.relevant else ""
        return self.text != before

    def place(self) -> int:
        """Return the place among the instances of a repeat, from 1."""
        outer = self.scope.outer
        instances = outer.ranges.get(self.at) if outer else None
        if instances is None:
            return super().place()
        return instances.index(self) + 1

    def judge(self, relevant: bool) -> list[InstanceNode]:
        """Set the node's own relevance; return the nodes whose text may have changed."""
        self.own_relevant = relevant
        changed: list[InstanceNode] = []
        self.inherit(self.parent is None or self.parent.relevant, changed)
        return changed

    def inherit(self, around: bool, changed: list[InstanceNode]) -> None:
        """Take over the relevance of what is around, down to the leaves."""
        relevant = around and self.own_relevant
        if relevant == self.relevant:
            return
        self.relevant = relevant
        self._read()
        changed.append(self)
        for child in self.children:
            child.inherit(relevant, changed)

    def is_readonly(self) -> bool:
        """Tell whether the node or anything around it may not be changed."""
        return self.readonly or (self.parent is not None and self.parent.is_readonly())

    def below(self) -> Iterator[InstanceNode]:
        """Give this node and everything under it, in document order."""
        yield self
        for child in self.children:
            yield from child.below()

    def reference(self) -> str:
        """Return the path of the node, with places on repeat instances."""
        around = self.parent.reference() if self.parent else ""
        outer = self.scope.outer
        is_instance = outer is not None and self.scope.nodes.get(self.at) is self
        if is_instance and outer is not None and self.at in outer.ranges:
            return f"{around}/{self.name}[{self.place()}]"
        return f"{around}/{self.name}"
