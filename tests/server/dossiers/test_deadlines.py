"""Working days: weekends, holidays, swapped days, office hours, same-day rule, pauses."""

from datetime import date, datetime

import pytest

from server.clock import ZONE
from server.dossiers.deadlines import Limit, due_on, first_due
from server.dossiers.working_days import calendar

FIVE = Limit("working_day", 5)
SAME = Limit("same_day", 0)


def at(day: str, hour: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZONE)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_day_of_acceptance_is_day_zero() -> None:
    assert first_due(FIVE, at("2026-11-02"), calendar()) == day("2026-11-09")


def test_unconfirmed_holiday_counts_only_when_switched_on() -> None:
    assert first_due(FIVE, at("2026-11-23"), calendar()) == day("2026-11-30")
    assert first_due(FIVE, at("2026-11-23"), calendar(True)) == day("2026-12-01")


def test_holidays_are_jumped_and_a_swapped_saturday_is_worked() -> None:
    # Saturday 22 August 2026 is worked for Monday 31 August; 1 and 2 September are holidays.
    assert calendar().is_working(day("2026-08-22"))
    assert not calendar().is_working(day("2026-08-31"))
    assert first_due(FIVE, at("2026-08-20"), calendar()) == day("2026-08-26")
    assert first_due(FIVE, at("2026-08-27"), calendar()) == day("2026-09-08")


def test_tet_is_jumped_whole() -> None:
    assert first_due(Limit("working_day", 1), at("2026-02-13"), calendar()) == day("2026-02-23")


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        (at("2026-11-02", "07:00"), "2026-11-02"),
        (at("2026-11-02", "14:59"), "2026-11-02"),
        (at("2026-11-02", "15:00"), "2026-11-03"),
        (at("2026-11-02", "18:30"), "2026-11-03"),
        (at("2026-11-06", "15:30"), "2026-11-09"),
        (at("2026-11-07", "09:00"), "2026-11-09"),
    ],
)
def test_same_day_until_three_in_the_afternoon(accepted: datetime, due: str) -> None:
    assert first_due(SAME, accepted, calendar()) == day(due)


def test_acceptance_after_office_hours_counts_from_the_next_working_morning() -> None:
    assert first_due(FIVE, at("2026-11-06", "16:59"), calendar()) == day("2026-11-13")
    assert first_due(FIVE, at("2026-11-06", "17:00"), calendar()) == day("2026-11-16")


def test_part_of_a_day_ends_with_the_next_working_day() -> None:
    assert first_due(Limit("working_day", 0.5), at("2026-11-02"), calendar()) == day("2026-11-03")


def test_procedure_without_a_limit_has_no_due_day() -> None:
    assert first_due(Limit("working_day", None), at("2026-11-02"), calendar()) is None


def test_clock_starts_with_acceptance() -> None:
    assert due_on(FIVE, [("dossier.submitted", at("2026-11-02"))], calendar()) is None


def test_days_between_request_and_answer_are_not_counted() -> None:
    history = [
        ("dossier.received", at("2026-11-02")),
        ("dossier.supplement_requested", at("2026-11-04")),
    ]
    assert due_on(FIVE, history, calendar()) is None
    history.append(("dossier.supplemented", at("2026-11-10", "08:00")))
    # Four working days lay between: 5, 6, 9, 10 November.
    assert due_on(FIVE, history, calendar()) == day("2026-11-13")
    history += [
        ("dossier.supplement_requested", at("2026-11-11")),
        ("dossier.supplemented", at("2026-11-12", "20:00")),
    ]
    assert due_on(FIVE, history, calendar()) == day("2026-11-17")


def test_supplement_before_acceptance_stops_no_clock() -> None:
    history = [
        ("dossier.supplement_requested", at("2026-11-02")),
        ("dossier.supplemented", at("2026-11-05")),
        ("dossier.received", at("2026-11-06")),
    ]
    assert due_on(FIVE, history, calendar()) == day("2026-11-13")
