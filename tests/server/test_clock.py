"""Time: always aware, legal days in Vietnam."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from server.clock import FixedClock, SystemClock, iso, legal_day, local, parse


def test_legal_day_begins_at_midnight_in_vietnam() -> None:
    assert legal_day(datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert legal_day(datetime(2026, 11, 22, 17, 0, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert local(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)).hour == 0


def test_time_leaves_in_utc_without_fractions() -> None:
    moment = datetime(2026, 11, 22, 8, 2, 3, 999_999, tzinfo=timezone(timedelta(hours=7)))
    assert iso(moment) == "2026-11-22T01:02:03Z"
    assert parse(iso(moment)) == moment.replace(microsecond=0)


@pytest.mark.parametrize("text", ["2026-11-22T01:02:03", "2026-11-22", "soon", ""])
def test_time_without_zone_is_no_time(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


def test_system_clock_is_aware_and_fixed_clock_stands_still() -> None:
    assert SystemClock().now().tzinfo is UTC
    clock = FixedClock(datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7))))
    assert clock.now() == clock.now() == datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    clock.move(timedelta(minutes=-5))
    assert iso(clock.now()) == "2026-11-22T00:55:00Z"
