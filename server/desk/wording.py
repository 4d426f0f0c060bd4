"""Days, hours and spans as people at the desk read them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..clock import local
from .words import say

# Less is no clock set wrong, and a working day more or less decides nothing before the law.
NOTABLE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """An appointment day with its words; `tone` is empty, `attention` or `danger`."""

    day: str
    words: str
    tone: str = ""


def day(value: date) -> str:
    """`22/11/2026`."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """`09:05 22/11/2026` by a wall clock in Vietnam."""
    return f"{local(value):%H:%M %d/%m/%Y}"


def size(octets: int) -> str:
    """`240 KB`."""
    return f"{max(1, round(octets / 1024))} KB"


def span(length: timedelta, language: str) -> str:
    """A rough length:

    minutes under two hours, hours under two days, then days. Empty under one minute.
    """
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return ""
    if minutes < 120:
        number, words = minutes, ("phút", "minutes")
    elif minutes < 2880:
        number, words = minutes // 60, ("giờ", "hours")
    else:
        number, words = minutes // 1440, ("ngày", "days")
    return f"{number} {words[1] if language == 'en' else words[0]}"


def clock_words(skew: int, language: str) -> str:
    """What there is to say of a phone's clock, `skew` seconds behind ours; mostly nothing."""
    length = timedelta(seconds=abs(skew))
    if length <= NOTABLE:
        return ""
    key = "clock-behind" if skew > 0 else "clock-ahead"
    return say(key, language, span=span(length, language))


def due(
    due_on: date | None,
    today: date,
    days_left: int,
    *,
    is_paused: bool,
    is_over: bool,
    language: str,
) -> Due:
    """How an appointment stands. `days_left`: working days until it, negative when late."""
    if is_paused:
        return Due("", say("paused", language), "attention")
    if due_on is None:
        return Due("", say("no-due", language))
    if is_over:
        return Due(day(due_on), "")
    if due_on < today:
        return Due(day(due_on), say("late-by", language, days=(today - due_on).days), "danger")
    if due_on == today:
        return Due(day(due_on), say("today", language), "attention")
    return Due(
        day(due_on),
        say("days-left", language, days=days_left),
        "attention" if days_left <= 1 else "",
    )
