"""Where the nodes of a definition stand: parents, repeats around them, how one reaches another.

A scope is the root or one instance of a repeat; every node lives in one. `Reach` says how to come
from the scope of an origin to the nodes of another definition node: so many scopes out, then in
through these repeats. It is worked out once per expression, never while evaluating.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .definition import Node


class Reach(NamedTuple):
    """`climb` scopes out, then through the ranges of `into`, to `target`.

    With an empty `into` there is exactly one node.
    """

    climb: int
    into: tuple[int, ...]
    target: int


class Places:
    """The tree of definition nodes, by index."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.children: list[list[int]] = [[] for _ in nodes]
        self.home: list[int] = [0] * len(nodes)
        for i, node in enumerate(nodes):
            if node.parent >= 0:
                self.children[node.parent].append(i)
                self.home[i] = i if node.kind == "repeat" else self.home[node.parent]

    def outer(self, scope: int) -> int:
        """Return the scope around a repeat (the root's is -1)."""
        parent = self.nodes[scope].parent
        return -1 if parent < 0 else self.home[parent]

    def scopes(self, node: int) -> list[int]:
        """Return the scopes around a node from the nearest out; a repeat counts as its own."""
        found = [self.home[node]]
        while found[-1] != 0:
            found.append(self.outer(found[-1]))
        return found

    def ancestors(self, node: int) -> list[int]:
        """Return the parents of a node from the nearest to the root."""
        found = []
        node = self.nodes[node].parent
        while node >= 0:
            found.append(node)
            node = self.nodes[node].parent
        return found

    def below(self, node: int) -> list[int]:
        """Return a node and everything under it."""
        found = [node]
        for child in self.children[node]:
            found += self.below(child)
        return found

    def shared_scope(self, origin: int, target: int) -> int:
        """Return the nearest scope that holds both; a repeat does not hold itself as a target."""
        around = self.scopes(target)
        if self.nodes[target].kind == "repeat":
            around = around[1:]
        mine = set(self.scopes(origin))
        return next((scope for scope in around if scope in mine), 0)

    def reach(self, origin: int, target: int, scope: int | None = None) -> Reach:
        """Work out the way from an origin to a target, in the shared scope or the one given."""
        mine = self.scopes(origin)
        start = self.shared_scope(origin, target) if scope is None else self.home[scope]
        if start not in mine:
            start = 0
        into: list[int] = []
        step = self.home[target]
        while step not in (start, 0, -1):
            into.append(step)
            step = self.outer(step)
        return Reach(mine.index(start), tuple(reversed(into)), target)

    def path(self, node: int) -> str:
        """Write the node as an absolute path."""
        names = [self.nodes[i].name for i in reversed([node, *self.ancestors(node)])]
        return "/" + "/".join(names)
