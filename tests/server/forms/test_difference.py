"""Two versions told apart in the form's own words."""

import pytest

from server.forms.difference import Change, Facet, compare
from server.forms.sources import compile_source
from server.forms.telling import told
from server.forms.versions import of_compiled

HEAD = "| survey |\n| | type | name | label | required | relevant | constraint |\n"
CHOICES = "| choices |\n| | list_name | name | label |\n"
COLOURS = "| | c | do | Đỏ |\n| | c | xanh | Xanh |\n"


def differ(old: list[str], new: list[str], before: str = "", after: str = "") -> list[Change]:
    def version(rows: list[str], choices: str) -> str:
        return HEAD + "".join(f"| | {row} |\n" for row in rows) + (choices and CHOICES + choices)

    one, two = (
        of_compiled(compile_source(version(rows, choices).encode(), "f.md", {}))
        for rows, choices in ((old, before), (new, after))
    )
    return compare(one, two)


def test_same_form_differs_in_nothing_though_its_version_is_another() -> None:
    rows = ["text | a | Tên | | |", "text | b | Xã | | ${a} = 'x' |"]
    assert differ(rows, rows) == []
    assert list(told([])) == ["The two versions ask the same in the same words."]


def test_questions_that_come_and_go_are_told_with_what_it_means_for_drafts() -> None:
    found = differ(["text | a | Tên | | |"], ["text | b | Xã | yes | |"])
    assert [(one.kind, one.label, one.fate) for one in found] == [
        ("added", "Xã", "must-be-answered"),
        ("removed", "Tên", "lost"),
    ]


def test_question_added_before_others_changes_nothing_about_their_conditions() -> None:
    rest = ["text | a | Tên | | |", "text | b | Xã | | ${a} = 'x' |"]
    found = differ(rest, ["text | first | Trước | | |", *rest])
    assert [(one.kind, one.label) for one in found] == [("added", "Trước")]


def test_moved_question_is_told_with_both_places() -> None:
    found = differ(
        ["text | a | Tên | | |"],
        ["begin_group | g | Nhóm | | |", "text | a | Tên | | |", "end_group | | | | |"],
    )
    moved = next(one for one in found if one.kind == "moved")
    assert (moved.path, moved.moved_from, moved.fate) == ("/data/g/a", "/data/a", "")


def test_expressions_are_told_as_they_were_written() -> None:
    (found,) = differ(
        [
            "text | a | Tên | | |",
            "integer | b | Tuổi | | ${a} = 'x' | . < 5 |",
        ],
        [
            "text | a | Tên | | |",
            "integer | b | Tuổi | | ${a} = 'x' or ${a} = '' | . >= 5 and . < 9 |",
        ],
    )
    assert found.facets == [
        Facet("relevant", "${a} = 'x'", "${a} = 'x' or ${a} = ''"),
        Facet("constraint", ". < 5", ". >= 5 and . < 9"),
    ]
    assert found.fate == "may-be-hidden"


def test_question_that_must_now_be_answered_is_told_so() -> None:
    (found,) = differ(["text | a | Tên | | |"], ["text | a | Tên | yes | |"])
    assert (found.facets, found.fate) == (
        [Facet("required", "", "true()")],
        "must-be-answered",
    )


def test_grouping_of_a_calculation_is_not_lost_in_telling_it() -> None:
    head = "| survey |\n| | type | name | label | calculation |\n| | integer | a | A | |\n"

    def version(text: str) -> str:
        return f"{head}| | calculate | b | | {text} |\n"

    one, two = (
        of_compiled(compile_source(version(text).encode(), "f.md", {}))
        for text in ("${a} - (${a} - 1)", "${a} - ${a} - 1")
    )
    assert [one.kind for one in compare(one, two)] == ["changed"]


def test_choices_that_come_go_and_are_worded_anew_are_told_by_label() -> None:
    row = ["select_one c | a | Màu | | |"]
    (found,) = differ(row, row, COLOURS, "| | c | xanh | Xanh lá |\n| | c | vang | Vàng |\n")
    assert (found.offered, found.withdrawn, found.fate) == (["Vàng"], ["Đỏ"], "lost-choice")
    assert Facet("choice xanh", "Xanh", "Xanh lá") in found.facets
    lines = list(told([found]))
    assert "    choices removed: Đỏ" in lines
    assert any(
        line.startswith("    in drafts: answers with a choice that is gone") for line in lines
    )


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [("integer", "text", ""), ("text", "integer", "lost-type"), ("date", "dateTime", "lost-type")],
)
def test_type_that_does_not_hold_every_answer_is_told(before: str, after: str, fate: str) -> None:
    (found,) = differ([f"{before} | a | A | | |"], [f"{after} | a | A | | |"])
    assert found.fate.replace("may-need-mending", "") == fate
