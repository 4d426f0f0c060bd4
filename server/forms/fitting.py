"""A form's regular expressions over what people wrote: quick where that is safe, bounded always.

Python's own engine is the quickest and tries the ways through a pattern one after the other, which
for some texts has no end. So it gets only texts that are short enough for the pattern; longer ones
are followed letter by letter (`matching`). A pattern that cannot be followed so, because it looks
around or back, takes no text beyond a length at which even its worst is short.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache, reduce

from .ambiguity import is_ambiguous
from .machine import build
from .matching import Matcher
from .patterns import MANY, Aside, Edge, Either, Part, PatternUnread, Repeat, Row, read
from .values import EvaluationFault

# Tries at a pattern over one text: what is not worth a thought, and what is the most.
QUICK = 20_000
MOST = 300_000
LENGTHS = [2**power for power in range(3, 21)]
# A pattern that takes fewer letters than this is of no use.
USEFUL = 64


class Pattern:
    """One pattern, ready. `longest`: the longest text it takes; none when any length is taken."""

    __slots__ = ("_matcher", "_most", "_quick", "longest", "search")

    def __init__(self, source: str) -> None:
        self.search = _compiled(source).search
        part: Part | None = None
        self._matcher: Matcher | None = None
        try:
            part = read(source)
            self._matcher = Matcher(build(part))
        except PatternUnread:
            pass
        self._quick = _length(part, QUICK)
        self._most = _length(part, MOST)
        self.longest = None if self._matcher or self._most == LENGTHS[-1] else self._most

    def fits(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text."""
        if len(text) <= self._quick:
            return self.search(text) is not None
        if self._matcher is not None:
            return self._matcher.fits(text)
        return len(text) <= self._most and self.search(text) is not None


@lru_cache(maxsize=512)
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


def _length(part: Part | None, most: int) -> int:
    """The longest of some lengths at which the pattern surely takes no more tries than `most`."""
    if part is None:
        return 0
    fine = [length for length in LENGTHS if _tries(part, length) <= most]
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
