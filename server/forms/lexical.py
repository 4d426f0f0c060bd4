"""The written form of answers by type: made normal when they come in, judged when they are checked.

The forms are XML Schema's as the ODK XForms specification uses them. What is no value of its type
becomes empty when a person or a calculation puts it into a question, as in ODK Web Forms; what was
submitted is left as it came, and judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo

from .moments import Moment, instant

MOST = 2_147_483_647
WHOLE = re.compile(r"-?\d+", re.ASCII)
DECIMAL = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
TIME = re.compile(
    r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[-+](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII
)


def normal(kind: str | None, value: str, zone: tzinfo) -> str:
    """Return a text as the type writes it; empty when it is no value of the type.

    A whole number loses its fraction, a date its time.
    """
    if kind is None or not value:
        return value
    if kind == "int":
        if not DECIMAL.fullmatch(value):
            return ""
        number = _integer(value.partition(".")[0])
        return "" if number is None else str(number)
    if kind == "date" and len(value) > 10:
        ms = instant(value, zone)
        return "" if ms is None else str(Moment(ms, zone))[:10]
    return value if fits(kind, value, zone) else ""


def fits(kind: str | None, value: str, zone: tzinfo) -> bool:
    """Tell whether a text that is not empty is a value of its type."""
    test = TESTS.get(kind or "")
    return test is None or test(value, zone)


def _whole(value: str, _zone: tzinfo) -> bool:
    return WHOLE.fullmatch(value) is not None and _integer(value) is not None


def _integer(value: str) -> int | None:
    """Return the number that digits with a sign write, None outside 32 bits."""
    digits = value.lstrip("-").lstrip("0")
    if len(digits) > 10:
        return None
    number = int(digits or 0) * (-1 if value.startswith("-") else 1)
    return number if -MOST - 1 <= number <= MOST else None


def _date(value: str, zone: tzinfo) -> bool:
    return len(value) == 10 and instant(value, zone) is not None


def _date_time(value: str, zone: tzinfo) -> bool:
    return TIME.fullmatch(value[11:]) is not None and instant(value, zone) is not None


def _point(value: str, _zone: tzinfo) -> bool:
    parts = value.split(" ")
    if not 2 <= len(parts) <= 4 or not all(map(DECIMAL.fullmatch, parts)):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180


def _line(value: str, zone: tzinfo) -> bool:
    written = re.sub(r"[\s;]+$", "", value)
    return all(_point(part, zone) for part in re.split(r"\s*;\s*", written))


TESTS: dict[str, Callable[[str, tzinfo], bool]] = {
    "int": _whole,
    "decimal": lambda value, _zone: DECIMAL.fullmatch(value) is not None,
    "date": _date,
    "dateTime": _date_time,
    "time": lambda value, _zone: TIME.fullmatch(value) is not None,
    "geopoint": _point,
    "geotrace": _line,
    "geoshape": _line,
}
