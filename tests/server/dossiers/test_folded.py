"""Folding: what people type meets what is written."""

import unicodedata

import pytest

from server.dossiers.folded import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Giàng A Thử", "giang a thu"),
        ("  Đặng   Thị Ước ", "dang thi uoc"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("Thuý", "thuy"),
        ("H’Mông", "h'mong"),
        ("Hʼmông", "h'mong"),
    ],
)
def test_marks_case_and_spaces_fall_away(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded
