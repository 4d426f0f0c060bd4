"""The birth date in words, which the birth form spells from the date that was chosen."""

from datetime import date, timedelta

import pytest

from tests.support.procedures import sheet

BIRTH = "khai-sinh"
ONES = "không một hai ba bốn năm sáu bảy tám chín".split()


def below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return ONES[ones]
    said = "mười" if tens == 1 else f"{ONES[tens]} mươi"
    if ones == 0:
        return said
    changed = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{said} {changed.get(ones, ONES[ones])}"


def in_words(day: date) -> str:
    """The date as a civil-status officer writes it."""
    month = "tư" if day.month == 4 else below_hundred(day.month)
    year = f"{ONES[day.year // 1000]} nghìn"
    if rest := day.year % 1000:
        year += f" {ONES[rest // 100]} trăm"
        if last := rest % 100:
            year += f" linh {ONES[last]}" if last < 10 else f" {below_hundred(last)}"
    return f"Ngày {below_hundred(day.day)} tháng {month} năm {year}"


def words_of(day: date) -> str:
    return sheet(BIRTH).computed("nks_ngay_sinh_chu", "calculate", nks_ngay_sinh=day.isoformat())


def test_every_day_of_four_years_is_said_rightly() -> None:
    first = date(2023, 1, 1)
    days = [first + timedelta(days=number) for number in range(1461)]
    assert [words_of(day) for day in days] == [in_words(day) for day in days]


def test_every_year_of_two_centuries_is_said_rightly() -> None:
    days = [date(year, 4, 21) for year in range(1900, 2111)]
    assert [words_of(day) for day in days] == [in_words(day) for day in days]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-15", "Ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi sáu"),
        ("2024-04-24", "Ngày hai mươi tư tháng tư năm hai nghìn không trăm hai mươi tư"),
        ("2005-12-31", "Ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm linh năm"),
        ("2000-01-10", "Ngày mười tháng một năm hai nghìn"),
        ("1999-11-04", "Ngày bốn tháng mười một năm một nghìn chín trăm chín mươi chín"),
    ],
)
def test_words_of_a_date_as_written_by_hand(day: str, words: str) -> None:
    assert words_of(date.fromisoformat(day)) == words


def test_no_birth_date_gives_no_words() -> None:
    assert sheet(BIRTH).computed("nks_ngay_sinh_chu", "calculate") == ""
