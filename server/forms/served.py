"""What the phone's controls serve of XLSForm's appearances and parameters; the rest is told (pure).

A word that is not here changes nothing on the phone: the question is asked in the plain way of its
type. Its author hears of it at publishing. docs/forms.md lists the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .definition import Element

# By what shows it: words that change the control, and words that ask for what it does anyway.
APPEARANCES: dict[str, frozenset[str]] = {
    "text": frozenset("multiline numbers thousands-sep url masked".split()),
    "date": frozenset("month-year year no-calendar gregorian".split()),
    "choices": frozenset(
        "minimal autocomplete quick quickcompact columns columns-pack compact likert label list "
        "list-nolabel horizontal horizontal-compact no-buttons".split()
    ),
    "range": frozenset("picker rating".split()),
    "upload": frozenset("new new-front signature draw".split()),
    "group": frozenset("field-list".split()),
}
PATTERNS = re.compile(r"(columns|compact)-\d+")
PARAMETERS = frozenset(
    "start end step rows accuracyThreshold unacceptableAccuracyThreshold "
    "allow-mock-accuracy max-pixels quality".split()
)
FILES = frozenset(("image", "audio", "video", "application"))
KINDS = {
    "input": ("text", "date"),
    "secret": ("text",),
    "select1": ("choices",),
    "select": ("choices",),
    "rank": (),
    "range": ("range",),
    "upload": ("upload",),
    "group": ("group",),
    "repeat": ("group",),
}


def is_served(kind: str, word: str) -> bool:
    """Tell whether an appearance does something on a control of this kind (`Element.as_`)."""
    if KINDS.get(kind) == ("choices",) and PATTERNS.fullmatch(word):
        return True
    return any(word in APPEARANCES[name] for name in KINDS.get(kind, ()))


def unserved(element: Element) -> Iterator[tuple[str, str]]:
    """Name what one element asks for that the phone does not do: the column, and the word in it."""
    for word in element.appearance or []:
        if not is_served(element.as_, word):
            yield "appearance", word
    for name in element.params or {}:
        if name not in PARAMETERS:
            yield "parameters", name
    family = (element.mediatype or "image/*").partition("/")[0]
    if element.as_ == "upload" and family not in FILES:
        yield "type", element.mediatype or ""
