"""Expression functions on text: cutting, joining, searching, digests, selections."""

from __future__ import annotations

import math
import re

from .digests import base64_decode, digest
from .fitting import pattern
from .function import Function
from .values import Value, string

SPACES = re.compile(r"[ \t\r\n]+")


def texts(values: tuple[Value, ...]) -> list[str]:
    """Return the text of every value, and of every node of a set."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found += [node.string() for node in value]
        else:
            found.append(string(value))
    return found


def concat(*values: Value) -> str:
    """Join all texts; a set of nodes gives each of its nodes."""
    return "".join(texts(values))


def join(separator: str, *values: Value) -> str:
    """Join all texts with a separator."""
    return separator.join(texts(values))


def words(text: str) -> list[str]:
    """Part a text as XML does: by space, tab and line ends only."""
    return [word for word in SPACES.split(text) if word]


def _whole(number: float) -> float:
    return 0 if number != number else number if math.isinf(number) else math.trunc(number)


def substr(text: str, start: float, end: float = math.inf) -> str:
    """Cut from `start` to before `end`, counted from 0; negative counts from the end."""
    size = len(text)

    def place(at: float) -> int:
        return int(max(0, size + at) if at < 0 else min(at, size))

    return text[place(_whole(start)) : place(_whole(end))]


def substring(text: str, start: float, length: float | None = None) -> str:
    """Cut as XPath does: from 1, with both places rounded."""
    first = _half_up(start)
    last = math.inf if length is None else first + _half_up(length)
    if first != first or last != last:
        return ""
    return "".join(c for i, c in enumerate(text, 1) if first <= i < last)


def _half_up(number: float) -> float:
    return number if math.isinf(number) or number != number else math.floor(number + 0.5)


def substring_before(text: str, mark: str) -> str:
    """Return what stands before the first `mark`."""
    return text.partition(mark)[0] if mark in text and mark else ""


def substring_after(text: str, mark: str) -> str:
    """Return what stands after the first `mark`."""
    return text.partition(mark)[2] if mark and mark in text else ("" if mark else text)


def normalize_space(text: str) -> str:
    """Trim, and make each run of white space one space."""
    return SPACES.sub(" ", text).strip(" ")


def translate(text: str, old: str, new: str) -> str:
    """Replace letters one by one; those without a partner go."""
    changes: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        changes.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(changes)


def regex(text: str, source: str) -> bool:
    """Tell whether the text fits the regular expression; it need not match the whole of it."""
    return pattern(source).fits(text)


def selected(text: str, choice: str) -> bool:
    """Tell whether a choice is among those picked."""
    return choice.strip() in words(text)


def selected_at(text: str, place: float) -> str:
    """Return the choice picked at a place counted from 0."""
    picked, at = words(text), _whole(place)
    return picked[int(at)] if 0 <= at < len(picked) else ""


def boolean_from_string(text: str) -> bool:
    """Tell whether the text is `true` or `1`."""
    return text in ("true", "1")


def length(text: str) -> float:
    """Return the number of UTF-16 units, as the phone counts."""
    return float(len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2)


FUNCTIONS: dict[str, Function] = {
    "string": Function("s", "s", str, least=0, about_context=True),
    "concat": Function("v", "s", concat, least=0, most=None, of_texts="".join),
    "join": Function("sv", "s", join, least=1, most=None),
    "substr": Function("snn", "s", substr, least=2),
    "substring": Function("snn", "s", substring, least=2),
    "substring-before": Function("ss", "s", substring_before),
    "substring-after": Function("ss", "s", substring_after),
    "string-length": Function("s", "n", length, least=0, about_context=True),
    "normalize-space": Function("s", "s", normalize_space, least=0, about_context=True),
    "translate": Function("sss", "s", translate),
    "contains": Function("ss", "b", lambda text, part: part in text),
    "starts-with": Function("ss", "b", str.startswith),
    "ends-with": Function("ss", "b", str.endswith),
    "regex": Function("ss", "b", regex),
    "digest": Function("sss", "s", digest, least=2),
    "base64-decode": Function("s", "s", base64_decode),
    "selected": Function("ss", "b", selected),
    "selected-at": Function("sn", "s", selected_at),
    "count-selected": Function("s", "n", lambda text: float(len(words(text)))),
    "boolean-from-string": Function("s", "b", boolean_from_string),
}
