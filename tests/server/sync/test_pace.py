"""How fast the line moves, and what who finds no room is told."""

import pytest

from server.sync.pace import FIRST, LONGEST, SHORTEST, Pace


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


def worked(pace: Pace, watch: Watch, rate: int, seconds: int) -> None:
    for _ in range(seconds * 10):
        watch.at += 0.1
        pace.done(rate // 10)


def test_pace_follows_what_is_done(watch: Watch) -> None:
    pace = Pace(watch)
    assert pace.rate == FIRST
    worked(pace, watch, 800, 10)
    assert pace.rate == pytest.approx(800, rel=0.05)
    worked(pace, watch, 50, 10)
    assert pace.rate == pytest.approx(50, rel=0.05)


def test_time_without_work_does_not_count(watch: Watch) -> None:
    pace = Pace(watch)
    worked(pace, watch, 800, 10)
    watch.at += 3_600
    pace.begin()
    watch.at += 1
    pace.done(800)
    assert pace.rate == pytest.approx(800, rel=0.05)


def test_who_is_turned_away_comes_back_when_the_line_is_done_and_not_all_at_once(
    watch: Watch,
) -> None:
    chances = iter((0.0, 0.5, 0.999))
    pace = Pace(watch, lambda: next(chances))
    pace.rate = 400.0
    assert [pace.wait(2_000) for _ in range(3)] == [5, 8, 10]


def test_nobody_is_told_to_come_at_once_or_never(watch: Watch) -> None:
    pace = Pace(watch)
    assert pace.wait(0) == SHORTEST
    pace.rate = 1.0
    assert pace.wait(2_000) == LONGEST
