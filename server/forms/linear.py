"""A pattern for RE2, whose time grows with the text and no faster, whatever the pattern.

RE2's own spelling is not the one of forms, so it gets what was read (`patterns`), letters as ranges
of code points: both then mean the same by construction.
"""

from __future__ import annotations

from collections.abc import Callable

import re2  # type: ignore[import-untyped]  # ships no types

from .patterns import MANY, Edge, Either, Letter, Part, PatternUnread, Repeat, Row

# Bytes that one pattern may take, with what RE2 remembers of the texts it saw.
MEMORY = 1 << 20
NO_LETTER = rb"[^\x{0}-\x{10FFFF}]"


def finder(part: Part) -> Callable[[str], bool]:
    """Whether the pattern matches anywhere in a text. May be asked from several threads.

    Raises `PatternUnread` for what looks around or back, and for what is too long to be held.
    """
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    try:
        found = re2.compile(_written(part), options)
    except re2.error as fault:
        raise PatternUnread(str(fault)) from fault

    def fits(text: str) -> bool:
        # Half a letter, which no keyboard makes, counts as any other sign.
        return found.search(text.encode(errors="replace")) is not None

    return fits


def _written(part: Part) -> bytes:
    if isinstance(part, Letter):
        spans = b"".join(rb"\x{%x}-\x{%x}" % span for span in part.ranges)
        return b"[" + spans + b"]" if spans else NO_LETTER
    if isinstance(part, Row):
        return b"".join(_written(one) for one in part.parts)
    if isinstance(part, Either):
        return b"(?:" + b"|".join(_written(one) for one in part.parts) + b")"
    if isinstance(part, Repeat):
        most = b"" if part.most == MANY else b"%d" % part.most
        return b"(?:%s){%d,%s}" % (_written(part.part), part.least, most)
    if isinstance(part, Edge):
        return rb"\z" if part.is_end else rb"\A"
    raise PatternUnread("looks around")
