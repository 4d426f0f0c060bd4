"""Dates and times of expressions: read, print, format, count as days.

As in ODK Web Forms a date is a moment: local midnight in the form's time zone. As a number it is
the days since 1970-01-01 UTC with their fraction, so a date at +07:00 ends in .7083…; a difference
of two dates is whole again. Text that looks like a date counts as that moment wherever a number is
wanted. The zone always arrives as an argument; nothing here asks a clock.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

DAY = 86_400_000.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?"
)
CLOCK = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?")
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


def offset_of(local: datetime) -> str:
    """Return the offset from UTC as `+07:00`."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def instant(text: str, zone: tzinfo) -> float | None:
    """Read `YYYY-MM-DD` or a date with time, local without an offset; None if it is neither."""
    match = WRITTEN.fullmatch(text)
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
            int(((fraction or "") + "000000")[:6]),
            tzinfo=_offset_zone(offset) or zone,
        )
        return (moment - EPOCH).total_seconds() * 1000
    except (ValueError, OverflowError):
        return None


def day_fraction(text: str, zone: tzinfo, now_ms: float) -> float | None:
    """Read a time of day as the fraction of a day past local midnight (`06:00` is 0.25)."""
    match = CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, offset = match.groups()
    seconds = (
        int(hour) * 3600 + int(minute) * 60 + int(second or 0) + float("0." + (fraction or "0"))
    )
    if int(hour) > 24 or int(minute) > 59 or int(second or 0) > 59:
        return None
    given = _offset_zone(offset)
    if given is not None:
        here = Moment(now_ms, zone).local()
        shift = (here.utcoffset() if here else None) or timedelta()
        seconds += (shift - (given.utcoffset(None) or timedelta())).total_seconds()
    return (seconds / 86_400) % 1.0


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
        "W": f"{local.isocalendar().week:02d}",
        "j": f"{local.timetuple().tm_yday:03d}",
        "w": str((local.weekday() + 1) % 7),
        "u": str(local.weekday() + 1),
        "H": f"{local.hour:02d}",
        "h": str(local.hour),
        "M": f"{local.minute:02d}",
        "S": f"{local.second:02d}",
        "3": f"{local.microsecond // 1000:03d}",
        "Z": offset_of(local),
        "%": "%",
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
