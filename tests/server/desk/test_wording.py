"""Days and spans as people read them."""

from datetime import UTC, date, datetime, timedelta

from server.desk import wording

TODAY = date(2026, 11, 23)


def due(
    day: date | None, left: int = 0, *, paused: bool = False, over: bool = False
) -> wording.Due:
    return wording.due(day, TODAY, left, is_paused=paused, is_over=over, language="vi")


def test_a_moment_reads_by_the_clock_in_vietnam() -> None:
    assert wording.moment(datetime(2026, 11, 22, 18, 5, tzinfo=UTC)) == "01:05 23/11/2026"


def test_spans_grow_coarser() -> None:
    spans = [timedelta(seconds=20), timedelta(minutes=90), timedelta(hours=30), timedelta(days=5)]
    assert [wording.span(one, "vi") for one in spans] == ["", "90 phút", "30 giờ", "5 ngày"]


def test_a_due_day_says_how_it_stands() -> None:
    assert due(None).words == "Chưa tính hạn"
    assert due(TODAY).words == "Hôm nay"
    assert due(date(2026, 11, 20)).words == "Quá hạn 3 ngày"
    assert due(date(2026, 11, 30), 5).words == "Còn 5 ngày làm việc"
    assert due(date(2026, 11, 30), paused=True).words == "Tạm dừng, chờ bổ sung"
    assert due(date(2026, 11, 30), over=True) == wording.Due("30/11/2026", "")


def test_what_is_near_or_late_stands_out() -> None:
    assert due(date(2026, 11, 20)).tone == "danger"
    assert due(date(2026, 11, 24), 1).tone == "attention"
    assert due(date(2026, 11, 30), 5).tone == ""
