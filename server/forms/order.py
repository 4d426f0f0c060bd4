"""The order of computing: every facet after what it reads; circles refused by name.

A facet reads a node's value, which depends on the node's `calculate`, on its `relevant` and on that
of everything around it, and on the `count` of the repeats that hold it. Reads that may lie in
another instance of a repeat (a running total) are given up first when they would close a circle.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from .definition import Expr
from .findings import Findings
from .places import Places

FACETS = ("relevant", "count", "calculate", "readonly", "required")


@dataclass(frozen=True, slots=True)
class Entry:
    """One facet to compute and the nodes it reads."""

    node: int
    facet: str
    tree: Expr
    reads: frozenset[int]
    soft: frozenset[int]


def arrange(
    entries: list[Entry], places: Places, findings: Findings
) -> tuple[list[tuple[int, str]], list[list[int]]]:
    """Return `order` and `feeds` of the definition; notes each circle it finds."""
    at = {(entry.node, entry.facet): i for i, entry in enumerate(entries)}
    before = [_needs(entry, entry.reads | entry.soft, at, places) for entry in entries]
    line = _sorted(entries, before)
    if len(line) < len(entries):
        stuck = set(range(len(entries))) - set(line)
        for i in stuck:
            # How many instances there are may be read too, by a count that adds until it is enough.
            counts = {at[entry.node, "count"] for entry in entries if entry.facet == "count"}
            before[i] = _needs(entries[i], entries[i].reads, at, places) - counts
        line = _sorted(entries, before)
        if len(line) < len(entries):
            circle = _circle(set(range(len(entries))) - set(line), before)
            names = " → ".join(places.path(entries[i].node) for i in [*circle, circle[0]])
            place = f"{places.path(entries[circle[0]].node)} {entries[circle[0]].facet}"
            findings.error("dependency-cycle", place, names=names)
            return [], []
    feeds: list[list[int]] = [[] for _ in places.nodes]
    for position, i in enumerate(line):
        for node in entries[i].reads | entries[i].soft:
            feeds[node].append(position)
    return [(entries[i].node, entries[i].facet) for i in line], feeds


def _needs(
    entry: Entry, reads: frozenset[int], at: dict[tuple[int, str], int], places: Places
) -> set[int]:
    """Return the entries that must come before one."""
    needed = []
    for node in reads:
        needed += [at.get((node, "calculate")), at.get((node, "relevant"))]
        for above in places.ancestors(node):
            needed += [at.get((above, "relevant")), at.get((above, "count"))]
        needed.append(at.get((node, "count")))
    for above in places.ancestors(entry.node):
        needed.append(at.get((above, "count")))
    own = at[(entry.node, entry.facet)]
    found = {i for i in needed if i is not None}
    if entry.facet == "count" or not _reads_itself(entry, reads, places):
        found.discard(own)
    return found


def _reads_itself(entry: Entry, reads: frozenset[int], places: Places) -> bool:
    """Tell whether a calculation or relevance really rests on its own outcome."""
    if entry.facet == "calculate":
        return entry.node in reads
    return entry.facet == "relevant" and any(
        node == entry.node or entry.node in places.ancestors(node) for node in reads
    )


def _sorted(entries: list[Entry], before: list[set[int]]) -> list[int]:
    """Sort so that what is needed comes first; among the free ones, document order."""
    waiting = [len(needed) for needed in before]
    after: list[list[int]] = [[] for _ in entries]
    for i, needed in enumerate(before):
        for earlier in needed:
            after[earlier].append(i)
    rank = [(entry.node, FACETS.index(entry.facet), i) for i, entry in enumerate(entries)]
    free = [rank[i] for i, count in enumerate(waiting) if count == 0]
    heapq.heapify(free)
    line: list[int] = []
    while free:
        i = heapq.heappop(free)[2]
        line.append(i)
        for later in after[i]:
            waiting[later] -= 1
            if waiting[later] == 0:
                heapq.heappush(free, rank[later])
    return line


def _circle(stuck: set[int], before: list[set[int]]) -> list[int]:
    """Return one circle among entries that wait for each other."""
    at = min(stuck)
    seen: list[int] = []
    while at not in seen:
        seen.append(at)
        at = min(before[at] & stuck)
    return seen[seen.index(at) :]
