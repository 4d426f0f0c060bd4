"""Choice filters that rest on each other in a circle, refused by name.

What a question offers changes what it holds, so two questions whose filters read each other would
take each other's answers away without end. A filter that reads its own question is let pass: the
engines settle it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .definition import Element, Expr
from .findings import Findings
from .order import Entry
from .places import Places


def refuse_circles(
    body: list[Element], entries: list[Entry], places: Places, findings: Findings
) -> None:
    """Note every circle that goes through a choice filter, with the names of those in it."""
    filters = {node: reads for node, reads in _filters(body) if reads}
    reads: dict[int, set[int]] = {node: set(named) for node, named in filters.items()}
    for entry in entries:
        if entry.facet == "calculate":
            reads.setdefault(entry.node, set()).update(entry.reads)
    told: set[int] = set()
    for node in filters:
        circle = () if node in told else _circle(node, reads)
        if not circle:
            continue
        told.update(circle)
        names = " → ".join(places.path(one) for one in (*circle, node))
        findings.error("dependency-cycle", f"{places.path(node)} choice filter", names=names)


def _filters(body: list[Element]) -> Iterator[tuple[int, frozenset[int]]]:
    """Give each question with what its choice filter reads."""
    for element in body:
        choices = element.choices
        if element.node is not None and choices is not None:
            trees: list[Expr | None] = [choices.filter, *(key for _, key in choices.where or [])]
            yield element.node, frozenset(_named(trees))
        yield from _filters(element.items or [])


def _named(tree: Any) -> Iterator[int]:
    """Give the nodes that an expression names."""
    if not isinstance(tree, list):
        return
    if len(tree) > 1 and tree[0] == "$":
        yield tree[1]
        return
    for part in tree:
        yield from _named(part)


def _circle(start: int, reads: Mapping[int, set[int]]) -> tuple[int, ...]:
    """Return the way from a node over others back to it, empty when there is none."""
    waiting: list[tuple[int, ...]] = [(start,)]
    seen = {start}
    while waiting:
        way = waiting.pop()
        for node in sorted(reads.get(way[-1], ())):
            if node == start and len(way) > 1:
                return way
            if node not in seen:
                seen.add(node)
                waiting.append((*way, node))
    return ()
