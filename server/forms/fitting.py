"""A form's regular expressions over what people wrote: no text takes long, whatever the pattern.

RE2 follows all ways through a pattern at once (`linear`). A pattern that it cannot follow, because
it looks around or back or is too long, is left to Python's engine, which tries one way after the
other: it takes no text beyond a length at which even its worst is short.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache, reduce

from .ambiguity import is_ambiguous
from .linear import finder
from .patterns import MANY, Aside, Edge, Either, Part, PatternUnread, Repeat, Row, read
from .values import EvaluationFault

# Tries at a pattern over one text at most.
MOST = 300_000
LENGTHS = [2**power for power in range(3, 21)]
# A pattern that takes fewer letters than this is of no use.
USEFUL = 64


class Pattern:
    """One pattern, ready. `longest`: the longest text it takes; none when any length is taken."""

    __slots__ = ("_search", "longest")

    def __init__(self, source: str) -> None:
        compiled = _compiled(source)
        self._search: Callable[[str], object] = compiled.search
        part: Part | None = None
        self.longest: int | None = None
        try:
            part = read(source)
            self._search = finder(part)
        except PatternUnread:
            longest = _length(part)
            self.longest = longest if longest < LENGTHS[-1] else None

    def fits(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text."""
        return (self.longest is None or len(text) <= self.longest) and bool(self._search(text))


@lru_cache(maxsize=256)
def pattern(source: str) -> Pattern:
    """A form's regular expression. Raises `EvaluationFault` for one that says nothing."""
    return Pattern(source)


def doubt(source: str) -> tuple[str, int]:
    """Why a pattern should not be published, if so: `slow` where a phone may never be done with
    it, `unbounded` where the server cannot bound it, `short` where it takes no text beyond a
    length; that length. Raises `EvaluationFault`.
    """
    longest = pattern(source).longest
    try:
        if is_ambiguous(read(source)):
            return "slow", 0
    except PatternUnread:
        return "unbounded", 0
    if longest is None:
        return "", 0
    return ("unbounded" if longest < USEFUL else "short"), longest


def _compiled(source: str) -> re.Pattern[str]:
    """The pattern for Python, meaning what it means on the phone.

    There `\\d` and `\\w` are ASCII and `$` is the very end; a named group is written `(?<name>…)`.
    """
    written = re.sub(r"\(\?<(?![=!])", "(?P<", source)
    written = re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", lambda found: found[1] or r"\Z", written)
    try:
        return re.compile(written, re.ASCII)
    except (re.error, OverflowError, RecursionError) as fault:
        raise EvaluationFault(f"regular expression {source!r}: {fault}") from fault


def _length(part: Part | None) -> int:
    """The longest of some lengths at which the pattern surely takes no more tries than `MOST`."""
    if part is None:
        return 0
    fine = [length for length in LENGTHS if _tries(part, length) <= MOST]
    return max(fine, default=0)


def _tries(part: Part, length: int) -> float:
    """How many ways may be tried over a text, at worst."""
    first = part.parts[0] if isinstance(part, Row) and part.parts else part
    is_bound = isinstance(first, Edge) and not first.is_end
    return _ways(part, length) * (1 if is_bound else length + 1)


def _ways(part: Part, length: int) -> float:
    if isinstance(part, Row):
        looks = sum(_ways(one, length) for one in part.parts if isinstance(one, Aside))
        taken = [_ways(one, length) for one in part.parts if not isinstance(one, Aside)]
        return reduce(lambda one, other: one * other, taken, 1.0) * (1 + looks)
    if isinstance(part, Either):
        return sum(_ways(one, length) for one in part.parts)
    if isinstance(part, Aside):
        return length if part.part is None else _ways(part.part, length)
    if not isinstance(part, Repeat):
        return 1
    inner = _ways(part.part, length)
    if part.most == part.least:
        return 1 if inner == 1 else inner ** min(part.most, 64)
    if part.most == 1:
        return 1 + inner
    if inner > 1:
        return math.inf
    return 1 + (length if part.most == MANY else min(part.most - part.least, length))
