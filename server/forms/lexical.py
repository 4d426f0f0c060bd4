"""The written form of answers by type: made normal when they come in, judged when they are checked.

Text is NFC, so that two phones' keyboards write the same name. Numbers lose a useless sign or zeros
only where the value stays the same; what cannot be read stays as it was typed, to be told about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from server.forms.geography import points

INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
DECIMAL = re.compile(r"-?(?:\d{1,18}(?:\.\d*)?|\.\d+)", re.ASCII)
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
TIME = re.compile(
    r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII
)


def normal(kind: str | None, value: str) -> str:
    """Return an answer in its normal written form."""
    if not value:
        return value
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if kind is None:
        return value
    if kind in ("select", "rank"):
        return " ".join(value.split())
    return value


def fits(kind: str | None, value: str) -> bool:
    """Tell whether a value that is not empty is written as its type demands."""
    test = TESTS.get(kind or "string")
    return test is None or test(value)


def _date(value: str) -> bool:
    match = DATE.fullmatch(value)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def _date_time(value: str) -> bool:
    day, mark, time = value.partition("T")
    return _date(day) and (not mark or TIME.fullmatch(time) is not None)


def _point(value: str) -> bool:
    found = points(value)
    return found is not None and len(found) == 1 and ";" not in value


TESTS: dict[str, Callable[[str], bool]] = {
    "int": lambda value: INTEGER.fullmatch(value) is not None,
    "decimal": lambda value: DECIMAL.fullmatch(value) is not None,
    "boolean": lambda value: value in ("true", "false", "1", "0"),
    "date": _date,
    "time": lambda value: TIME.fullmatch(value) is not None,
    "dateTime": _date_time,
    "geopoint": _point,
    "geotrace": lambda value: points(value) is not None,
    "geoshape": lambda value: points(value) is not None,
}
