"""Details of findings in Vietnamese: ours all, pyxform's as far as authors meet them."""

import pytest

from server.forms.details import FOREIGN, OWN, in_vietnamese
from server.forms.findings import FormFault
from server.forms.sources import compile_source

from .test_faults import CASES


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("more than 4194304 bytes", "nhiều hơn 4194304 byte"),
        ("more than 20000 rows", "nhiều hơn 20000 dòng"),
        ("line 3, column 5: mismatched tag", "dòng 3, cột 5: thẻ đóng không khớp thẻ mở"),
        ("expected a value (at character 6)", "thiếu một giá trị (ở ký tự thứ 6)"),
        ("deeper than 30 groups", "lồng sâu hơn 30 tầng"),
        (
            "On the 'survey' sheet, the 'relevant' value is invalid. Reference variables must"
            " contain a name from the 'survey' sheet. Could not find the name 'tuoi'.",
            "Không có câu hỏi nào tên “tuoi”; hãy sửa tên trong ${…}.",
        ),
        ("Unknown question type 'texxt'.", "Không có kiểu câu hỏi “texxt”."),
    ],
)
def test_detail_is_said_in_vietnamese(detail: str, said: str) -> None:
    assert in_vietnamese(detail) == said


def test_detail_without_words_is_marked_as_english() -> None:
    assert in_vietnamese("quite another thing") == "(tiếng Anh) quite another thing"


def test_no_words_are_left_unfilled() -> None:
    for _, said in (*OWN, *FOREIGN):
        assert said.format(*"abcdef")


@pytest.mark.parametrize("code", sorted(CASES.keys() - {"pattern-invalid"}))
def test_no_finding_of_the_catalogue_leaves_english_in_its_vietnamese(code: str) -> None:
    (name, content), _ = CASES[code]
    try:
        found = compile_source(content.encode(), name, {}).warnings
    except FormFault as fault:
        found = fault.findings
    said = [one.vi for one in found if one.code == code]
    assert said
    assert not [vi for vi in said if "(tiếng Anh)" in vi]
