"""Whether a pattern can take very long over a text that does not fit it (pure).

A phone tries the ways through a pattern one after the other. Where a loop can come back to the same
place in two ways by the same letters, each turn doubles them, and thirty letters stop the phone.
Such a pattern is found here whatever it looks like, and no other is (the criterion of exponential
ambiguity of Weber and Seidl, 1991); long counts are taken for loops.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from .machine import Step, build
from .patterns import Aside, Letter, Part, PatternUnread, walk

# Above so many letters inside loops the question is not asked.
MOST_LETTERS = 120
MOST_TRIES = 50_000
Pair: TypeAlias = tuple[Step, Step]
Place = TypeVar("Place", bound=Hashable)


def is_ambiguous(part: Part) -> bool:
    """Whether some loop of the pattern, or of what it looks ahead for, doubles its ways.

    Raises `PatternUnread` for a pattern that is too long to tell.
    """
    looks = [one.part for one in walk(part) if isinstance(one, Aside) and one.part is not None]
    return any(_doubles(one) for one in (part, *looks))


def _doubles(part: Part) -> bool:
    ways = {step: _ways(step) for step in build(part) if step.letter is not None}
    looping = {step: at for at, circle in enumerate(_circles(ways)) for step in circle}
    inside = {
        step: {to: count for to, count in found.items() if looping.get(to) == looping[step]}
        for step, found in ways.items()
        if step in looping
    }
    if any(count > 1 for found in inside.values() for count in found.values()):
        return True
    if len(inside) > MOST_LETTERS:
        raise PatternUnread("too many loops")
    pairs = _pairs(inside)
    return any(len({one is other for one, other in circle}) == 2 for circle in _circles(pairs))


def _ways(step: Step) -> dict[Step, int]:
    """The letters that may come next, and whether in one way or (2) in several.

    A way goes through no gap twice: an empty turn of a loop is none.
    """
    found: dict[Step, int] = {}
    gone: set[tuple[Step, int]] = set()
    trail: list[tuple[Step, int]] = [(step, 0)]
    for _ in range(MOST_TRIES):
        if not trail:
            return found
        here, at = trail.pop()
        gone.discard((here, at - 1))
        while at < len(here.to) and (here, at) in gone:
            at += 1
        if at == len(here.to):
            continue
        trail.append((here, at + 1))
        gone.add((here, at))
        to = here.to[at]
        if to.letter is None:
            trail.append((to, 0))
        else:
            found[to] = min(2, found.get(to, 0) + 1)
    raise PatternUnread("too many ways")


def _pairs(ways: Mapping[Step, Mapping[Step, int]]) -> dict[Pair, list[Pair]]:
    """Where two walkers in the loops may go together, from being at the same place."""
    found: dict[Pair, list[Pair]] = {}
    waiting: list[Pair] = [(step, step) for step in ways]
    while waiting:
        pair = waiting.pop()
        if pair in found:
            continue
        found[pair] = [
            (one, other)
            for one in ways[pair[0]]
            for other in ways[pair[1]]
            if one.letter and other.letter and _meet(one.letter, other.letter)
        ]
        waiting += found[pair]
    return found


def _meet(one: Letter, other: Letter) -> bool:
    return any(
        low <= there_high and there_low <= high
        for low, high in one.ranges
        for there_low, there_high in other.ranges
    )


def _circles(ways: Mapping[Place, Iterable[Place]]) -> list[set[Place]]:
    """Groups of places from each of which all others of the group, and it itself, are reached."""
    back: defaultdict[Place, list[Place]] = defaultdict(list)
    left: list[Place] = []
    seen: set[Place] = set()
    for root in ways:
        trail: list[tuple[Place, Iterator[Place]]] = []
        if root not in seen:
            seen.add(root)
            trail.append((root, iter(ways[root])))
        while trail:
            here, further = trail[-1]
            for to in further:
                back[to].append(here)
                if to not in seen:
                    seen.add(to)
                    trail.append((to, iter(ways[to])))
                    break
            else:
                left.append(here)
                trail.pop()
    found: list[set[Place]] = []
    for root in reversed(left):
        group: set[Place] = set()
        waiting = [root]
        while waiting:
            here = waiting.pop()
            if here in seen:
                seen.discard(here)
                group.add(here)
                waiting += back[here]
        if len(group) > 1 or (group and root in ways[root]):
            found.append(group)
    return found
