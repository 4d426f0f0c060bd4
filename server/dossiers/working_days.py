"""Which days offices work: weekends, the holidays of `holidays.csv`, swapped working Saturdays.

The calendar is data that is corrected when an official list comes out; what counts as a day off
before that is a switch of the configuration.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from ..clock import local

CLOSES = time(17, 0)
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
