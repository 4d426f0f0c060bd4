"""When a dossier is due: working days counted from its own history (pure).

Days are legal days in Vietnam. The day of acceptance is day 0; what comes in after office hours or
on a day off counts from the next working morning. Same-day procedures received after 15:00 are due
the next working day (Decree 23/2015 art. 7). Time between asking for a supplement and getting it is
not counted. Given the same events and calendar the answer is always the same, so history can be
replayed when the calendar is corrected.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from ..clock import local

OPENS, CLOSES, SAME_DAY_UNTIL = time(7, 30), time(17, 0), time(15, 0)
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days offices are closed beyond weekends, and which weekend days they work."""

    days_off: frozenset[date]
    days_on: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return day in self.days_on or (day.weekday() < 5 and day not in self.days_off)

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        day += _ONE
        while not self.is_working(day):
            day += _ONE
        return day

    def after(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`."""
        for _ in range(count):
            day = self.next_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie in (start, end]."""
        days = (start + _ONE * n for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)

    def counted(self, moment: datetime) -> date:
        """The working day `moment` counts for: its own until closing time, else the next."""
        day, hour = local(moment).date(), local(moment).time()
        return day if self.is_working(day) and hour < CLOSES else self.next_working(day)


@functools.cache
def calendar(with_unconfirmed: bool = False) -> Calendar:
    """The calendar in `holidays.csv`.

    `with_unconfirmed` counts announced holidays whose legal force is not confirmed as days off.
    """
    with Path(__file__).with_name("holidays.csv").open(encoding="utf-8", newline="") as file:
        return read_calendar(csv.DictReader(file), with_unconfirmed)


def read_calendar(rows: Iterable[dict[str, str]], with_unconfirmed: bool = False) -> Calendar:
    """A calendar from rows of date, kind, name, status."""
    off: set[date] = set()
    on: set[date] = set()
    for row in rows:
        if row["status"] == "unconfirmed" and not with_unconfirmed:
            continue
        days = on if row["kind"] == "working_day_swapped" else off
        days.add(date.fromisoformat(row["date"]))
    return Calendar(frozenset(off), frozenset(on))


@dataclass(frozen=True, slots=True)
class Limit:
    """A procedure's time limit: `unit` is `same_day` or `working_day`; `value` in working days."""

    unit: str
    value: float | None


def due_on(limit: Limit, history: Iterable[tuple[str, datetime]], working: Calendar) -> date | None:
    """The day the result is due, from (event name, time) pairs in order.

    None before acceptance, while a supplement is awaited, and when the procedure sets no limit.
    """
    due: date | None = None
    paused: date | None = None
    for name, at in history:
        if name == "dossier.received":
            due = first_due(limit, at, working)
        elif name == "dossier.supplement_requested":
            paused = local(at).date()
        elif name == "dossier.supplemented":
            if due is not None and paused is not None:
                due = working.after(due, working.between(paused, working.counted(at)))
            paused = None
    return None if paused is not None else due


def first_due(limit: Limit, accepted: datetime, working: Calendar) -> date | None:
    """The due day at acceptance, before any pause."""
    start = working.counted(accepted)
    if limit.unit == "same_day":
        is_late = start == local(accepted).date() and local(accepted).time() >= SAME_DAY_UNTIL
        return working.next_working(start) if is_late else start
    if limit.value is None:
        return None
    # Half a working day, where the law says so, ends with the next working day at the latest.
    return working.after(start, math.ceil(limit.value))
