"""A regular expression as a form writes it, read into a tree of what it matches (pure).

The phone runs patterns by its own engine and the server by RE2; this reading is what both are
judged by at publishing (`ambiguity`), and what RE2 is given (`linear`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
LAST = 0x10FFFF
MANY = -1


class PatternUnread(Exception):
    """The pattern says something that is not read here."""


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """One letter out of some ranges of code points."""

    ranges: Ranges

    def takes(self, code: int) -> bool:
        """Whether a code point is among them."""
        return any(low <= code <= high for low, high in self.ranges)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Parts one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """One of several."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """A part `least` to `most` times; `MANY` is without end."""

    part: Part
    least: int
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The start (`^`) or the end (`$`) of the text."""

    is_end: bool


@dataclass(frozen=True, slots=True, eq=False)
class Aside:
    """What looks around without taking letters, or at what a group took; `part` is what it sees."""

    part: Part | None = None


Part: TypeAlias = Letter | Row | Either | Repeat | Edge | Aside

SPACE: Ranges = ((9, 13), (32, 32))
DIGIT: Ranges = ((48, 57),)
WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))


def without(ranges: Ranges) -> Ranges:
    """Every code point that is not in the ranges."""
    found, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return (*found, (start, LAST)) if start <= LAST else tuple(found)


KINDS = {"d": DIGIT, "w": WORD, "s": SPACE, "D": without(DIGIT), "W": without(WORD)}
KINDS["S"] = without(SPACE)
ANY = without(((10, 10),))
SIGNS = {"n": 10, "r": 13, "t": 9, "f": 12, "v": 11, "0": 0}


def read(source: str) -> Part:
    """Read a pattern. Raises `PatternUnread`."""
    reader = _Reader(source)
    try:
        part = reader.either()
    except (IndexError, ValueError) as fault:
        raise PatternUnread(source) from fault
    if reader.at < len(source):
        raise PatternUnread(source)
    return part


def inner(part: Part) -> tuple[Part, ...]:
    """The parts a part is made of."""
    if isinstance(part, Row | Either):
        return part.parts
    if isinstance(part, Repeat):
        return (part.part,)
    if isinstance(part, Aside) and part.part is not None:
        return (part.part,)
    return ()


def walk(part: Part) -> Iterator[Part]:
    """A part and everything in it."""
    yield part
    for one in inner(part):
        yield from walk(one)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def sees(self, text: str) -> bool:
        """Whether `text` comes next; passes over it if so."""
        found = self.source.startswith(text, self.at)
        self.at += len(text) if found else 0
        return found

    def take(self) -> str:
        letter = self.source[self.at]
        self.at += 1
        return letter

    def either(self) -> Part:
        parts = [self.row()]
        while self.sees("|"):
            parts.append(self.row())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def row(self) -> Part:
        parts: list[Part] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            parts.append(self.repeated(self.single()))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def repeated(self, part: Part) -> Part:
        bounds = self.bounds()
        if bounds is None:
            return part
        self.sees("?")
        if self.at < len(self.source) and self.source[self.at] in "*+?":
            raise PatternUnread(self.source)
        return Repeat(part, *bounds)

    def bounds(self) -> tuple[int, int] | None:
        for sign, given in (("*", (0, MANY)), ("+", (1, MANY)), ("?", (0, 1))):
            if self.sees(sign):
                return given
        if not self.source.startswith("{", self.at):
            return None
        said, closing, _ = self.source[self.at + 1 :].partition("}")
        low, comma, high = said.partition(",")
        if not closing or not all(one.isascii() and one.isdigit() for one in (low, high) if one):
            return None
        if not low:
            raise PatternUnread(self.source)  # the two engines read this differently
        self.at += len(said) + 2
        return int(low), (int(high) if high else MANY) if comma else int(low)

    def single(self) -> Part:
        if self.sees("("):
            return self.group()
        if self.sees("["):
            return Letter(self.klass())
        if self.sees("^"):
            return Edge(is_end=False)
        if self.sees("$"):
            return Edge(is_end=True)
        if self.sees("."):
            return Letter(ANY)
        if self.sees("\\"):
            return self.escaped()
        if self.source[self.at] in "*+?":
            raise PatternUnread(self.source)
        code = ord(self.take())
        return Letter(((code, code),))

    def group(self) -> Part:
        is_aside = False
        if self.sees("?"):
            is_aside = any(self.sees(sign) for sign in ("=", "!", "<=", "<!"))
            if not is_aside and self.sees("<"):
                self.at = self.source.index(">", self.at) + 1
            elif not is_aside and not self.sees(":"):
                raise PatternUnread(self.source)
        part = self.either()
        if not self.sees(")"):
            raise PatternUnread(self.source)
        return Aside(part) if is_aside else part

    def escaped(self) -> Part:
        sign = self.source[self.at]
        if sign in "bBk" or sign in "123456789":
            self.at += 1
            while sign == "k" and self.take() != ">":
                pass
            return Aside()
        return Letter(self.sign())

    def sign(self) -> Ranges:
        """What an escape stands for, after its stroke."""
        sign = self.take()
        if sign in KINDS:
            return KINDS[sign]
        if sign in "xu":
            size = 2 if sign == "x" else 4
            code = int(self.source[self.at : self.at + size].ljust(size), 16)
            self.at += size
        elif sign in SIGNS:
            code = SIGNS[sign]
        elif sign.isascii() and sign.isalnum():
            raise PatternUnread(self.source)
        else:
            code = ord(sign)
        return ((code, code),)

    def klass(self) -> Ranges:
        is_other = self.sees("^")
        found: list[tuple[int, int]] = []
        if self.source[self.at] == "]":
            raise PatternUnread(self.source)  # the two engines read this differently
        while not self.sees("]"):
            low = self.member()
            if self.source[self.at] == "-" and self.source[self.at + 1] != "]":
                self.at += 1
                high = self.member()
                if len(low) > 1 or len(high) > 1 or low[0][0] > high[0][1]:
                    raise PatternUnread(self.source)
                low = ((low[0][0], high[0][1]),)
            found += low
        return without(tuple(found)) if is_other else tuple(found)

    def member(self) -> Ranges:
        if self.sees("\\"):
            return ((8, 8),) if self.sees("b") else self.sign()
        code = ord(self.take())
        return ((code, code),)
