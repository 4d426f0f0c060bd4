"""Expression functions on dates and times; see `moments.py` for what a date is."""

from __future__ import annotations

import functools
import math
from datetime import tzinfo

from .context import Context
from .function import Function
from .moments import DAY, DayCount, Moment, day_fraction, formatted, instant, padded
from .values import NAN, Value, number, string


def moment(context: Context, value: Value) -> Moment | str:
    """Return the moment that a date, a text or a number of days stands for; empty stays empty."""
    if isinstance(value, Moment):
        return Moment(value.ms, value.zone) if isinstance(value, DayCount) else value
    zone = context.run.zone
    if isinstance(value, bool):
        return ""
    if isinstance(value, float | int):
        return Moment(_whole_ms(value * DAY), zone)
    text = string(value)
    if not text:
        return ""
    ms = instant(padded(text), zone)
    return Moment(NAN if ms is None else ms, zone)


def as_number(context: Context, value: Value) -> Value:
    """Return `number(value)`; a date stays exact but reads as whole days."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, str | list):
        ms = instant(string(value), context.run.zone)
        if ms is not None:
            return DayCount(ms, context.run.zone)
    return number(value, context.run.zone)


def _whole_ms(ms: float) -> float:
    return ms if math.isnan(ms) or math.isinf(ms) else float(math.floor(ms + 0.5))


def today(context: Context) -> Moment:
    """Return the midnight this day began with, in the form's zone."""
    return Moment(_midnight(context.run.now_ms, context.run.zone), context.run.zone)


# One moment stands for a whole pass, and every rule about a date asks for its day.
@functools.lru_cache(maxsize=256)
def _midnight(now_ms: float, zone: tzinfo) -> float:
    local = Moment(now_ms, zone).local()
    if local is None:
        return now_ms
    return local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000


def now(context: Context) -> Moment:
    """Return the moment of this pass."""
    return context.run.now()


def decimal_date_time(context: Context, value: Value) -> float:
    """Return a date as days since 1970-01-01 UTC."""
    made = moment(context, value)
    return made.days() if isinstance(made, Moment) else NAN


def decimal_time(context: Context, text: str) -> float:
    """Return a time of day as a fraction of a day."""
    fraction = day_fraction(text, context.run.zone)
    return NAN if fraction is None else fraction


def format_date(context: Context, value: Value, pattern: str) -> str:
    """Write a date after a pattern; empty for what is no date."""
    made = moment(context, value)
    return formatted(made, pattern) if isinstance(made, Moment) else ""


FUNCTIONS: dict[str, Function] = {
    "number": Function("v", "v", as_number, least=0, asks=True, about_context=True),
    "date": Function("v", "v", moment, asks=True),
    "date-time": Function("v", "v", moment, asks=True),
    "today": Function("", "v", today, asks=True, volatile=True),
    "now": Function("", "v", now, asks=True, volatile=True),
    "decimal-date-time": Function("v", "n", decimal_date_time, asks=True),
    "decimal-time": Function("s", "n", decimal_time, asks=True),
    "format-date": Function("vs", "s", format_date, asks=True),
    "format-date-time": Function("vs", "s", format_date, asks=True),
}
