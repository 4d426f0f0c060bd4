"""Dates and times of expressions: read, print, format, count as days.

As in ODK Web Forms a date is a moment: local midnight in the form's time zone. As a number it is
the days since 1970-01-01 UTC with their fraction, so a date at +07:00 ends in .7083…; a difference
of two dates is whole again. Text that looks like a date counts as that moment wherever a number is
wanted. The zone always arrives as an argument; nothing here asks a clock.
"""

from __future__ import annotations

import functools
import math
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

DAY = 86_400_000.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHAPE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:T(\d\d)(?::(\d\d)(?::(\d\d)(\.\d+)?)?)?(Z|[-+](?:0\d|1[0-4]):[0-5]\d)?)?",
    re.ASCII,
)
LOOSE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=T|$)", re.ASCII)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


class Moment:
    """A point in time: milliseconds since 1970-01-01 UTC (NaN if none), seen from a zone."""

    __slots__ = ("ms", "zone")

    def __init__(self, ms: float, zone: tzinfo) -> None:
        self.ms = ms
        self.zone = zone

    def days(self) -> float:
        """Return the days since 1970-01-01 UTC with their fraction."""
        return self.ms / DAY

    def local(self) -> datetime | None:
        """Return the moment on the zone's calendar, or None outside the years 1 to 9999."""
        try:
            return (EPOCH + timedelta(milliseconds=self.ms)).astimezone(self.zone)
        except (OverflowError, ValueError):
            return None

    def __str__(self) -> str:
        """Print a local midnight as its date, anything else with time and offset."""
        local = self.local()
        if local is None:
            return "Invalid Date"
        date = f"{local.year:04d}-{local.month:02d}-{local.day:02d}"
        if not (local.hour or local.minute or local.second or local.microsecond):
            return date
        return f"{date}T{local:%H:%M:%S}.{local.microsecond // 1000:03d}{offset_of(local)}"


class DayCount(Moment):
    """What `number()` makes of a date: exact as a number, its whole UTC day as text."""

    def __str__(self) -> str:
        return str(math.floor(self.days()))


def offset_of(local: datetime) -> str:
    """Return the offset from UTC as `+07:00`."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


# The same few dates are read again and again: today, and a birth date by each rule about it.
@functools.lru_cache(maxsize=2_048)
def instant(text: str, zone: tzinfo) -> float | None:
    """Read `YYYY-MM-DD` or a date with time, local without an offset; None if it is neither."""
    match = SHAPE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int(float(fraction or 0) * 1000 + 1e-6) * 1000,
            tzinfo=_offset_zone(offset) or zone,
        )
        return (moment - EPOCH).total_seconds() * 1000
    except (ValueError, OverflowError):
        return None


def padded(text: str) -> str:
    """Give month and day of a date the leading zeros that a person may have left out."""
    return LOOSE.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", text)


def day_fraction(text: str, zone: tzinfo) -> float | None:
    """Read a time of day as the fraction of a day past local midnight (`06:00` is 0.25)."""
    if len(text) < 5 or text[2] != ":":
        return None
    # Any day will do on which the zone keeps the time it keeps today.
    ms = instant(f"2000-01-01T{text}", zone)
    local = None if ms is None else Moment(ms, zone).local()
    if local is None:
        return None
    past = local.replace(tzinfo=None) - datetime(local.year, local.month, local.day)  # noqa: DTZ001 - a wall clock
    return past.total_seconds() * 1000 / DAY


def formatted(moment: Moment, pattern: str) -> str:
    """Fill a `format-date` pattern; months and weekdays are the English short names."""
    local = moment.local() if not math.isnan(moment.ms) else None
    if local is None:
        return ""
    parts = {
        "Y": f"{local.year:04d}",
        "y": f"{local.year % 100:02d}",
        "m": f"{local.month:02d}",
        "n": str(local.month),
        "b": MONTHS[local.month - 1],
        "d": f"{local.day:02d}",
        "e": str(local.day),
        "a": WEEKDAYS[local.weekday()],
        "H": f"{local.hour:02d}",
        "h": str(local.hour),
        "M": f"{local.minute:02d}",
        "S": f"{local.second:02d}",
        "3": f"{local.microsecond // 1000:03d}",
    }
    return re.sub("%(.)", lambda found: parts.get(found[1], found[0]), pattern)


def _offset_zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4] or 0))
    return timezone(-shift if offset[0] == "-" else shift)
