"""The calendar: weekends, holidays of the file, swapped days, what counts as evening."""

from datetime import date, datetime

import pytest

from server.clock import ZONE
from server.dossiers.working_days import Calendar, calendar, read_calendar


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "is_working"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-04-27", False),
        ("2026-04-30", False),
        ("2026-08-22", True),
        ("2026-08-31", False),
        ("2026-11-24", True),
    ],
)
def test_day_is_worked_or_not(text: str, is_working: bool) -> None:
    assert calendar().is_working(day(text)) is is_working


def test_unconfirmed_holiday_is_a_day_off_only_when_switched_on() -> None:
    assert not calendar(True).is_working(day("2026-11-24"))


def test_rows_of_other_kinds_are_days_off() -> None:
    rows = [{"date": "2026-11-20", "kind": "day_off_in_lieu", "status": "computed"}]
    assert not read_calendar(rows).is_working(day("2026-11-20"))


def test_evening_and_weekend_count_for_the_next_working_day() -> None:
    def counted(text: str) -> date:
        return calendar().counted(datetime.fromisoformat(text).replace(tzinfo=ZONE))

    assert counted("2026-11-20T16:59") == day("2026-11-20")
    assert counted("2026-11-20T17:00") == day("2026-11-23")
    assert counted("2026-11-22T09:00") == day("2026-11-23")
    assert counted("2026-11-20T02:00") == day("2026-11-20")


def test_working_days_between_two_days() -> None:
    bare = Calendar(frozenset(), frozenset())
    assert bare.between(day("2026-11-06"), day("2026-11-09")) == 1
    assert bare.between(day("2026-11-06"), day("2026-11-06")) == 0
