"""What no answers lead to, found by folding conditions; what may be reached is never called so."""

import pytest

from server.forms.reach import Reach, lists_of
from server.forms.sources import compile_source

HEAD = "| survey |\n| | type | name | label | relevant | calculation |\n"
CHOICES = "| choices |\n| | list_name | name | label |\n| | c | x | X |\n| | c | y | Y |\n"
PICK = "| | select_one c | pick | Chọn | | |\n| | select_multiple c | many | Nhiều | | |\n"


def found(*rows: str) -> list[str]:
    """Code and place of each remark on reaching."""
    text = HEAD + PICK + "".join(f"| | {row} |\n" for row in rows) + CHOICES
    made = compile_source(text.encode(), "f.md", {})
    wanted = ("question-unreachable", "choice-unoffered")
    return [f"{one.code} {one.place}" for one in made.warnings if one.code in wanted]


@pytest.mark.parametrize(
    "relevant",
    [
        "false()",
        "1 = 2",
        "'a' = 'b'",
        "not(true())",
        "${pick} = 'x' and ${pick} = 'y'",
        "${pick} = 'x' and false()",
        "2 < 1",
    ],
)
def test_question_whose_condition_is_always_false_is_told(relevant: str) -> None:
    assert found(f"text | a | A | {relevant} |") == [
        "question-unreachable survey row 4, relevant (/data/a)"
    ]


@pytest.mark.parametrize(
    "relevant",
    [
        "${pick} = 'x'",
        "${pick} = ''",
        "${pick} != 'x'",
        "${pick} = 'x' or ${pick} = 'y'",
        "selected(${many}, 'x') and selected(${many}, 'y')",
        "${many} = 'x y'",
        "${pick} = ${many}",
        "today() > date('2026-01-01')",
        "${pick}",
        "true()",
    ],
)
def test_question_that_may_be_reached_is_not(relevant: str) -> None:
    assert found(f"text | a | A | {relevant} |") == []


def test_condition_on_a_choice_nobody_offers_is_told_with_what_hangs_on_it() -> None:
    assert found("text | a | A | ${pick} = 'z' |", "text | b | B | ${a} = 'tôi' |") == [
        "question-unreachable survey row 4, relevant (/data/a)",
        "question-unreachable survey row 5, relevant (/data/b)",
        "choice-unoffered survey row 4, relevant (/data/a)",
    ]


def test_choice_nobody_offers_beside_one_that_is_leaves_the_question_reachable() -> None:
    assert found("text | a | A | ${pick} = 'x' or selected(${many}, 'z') |") == [
        "choice-unoffered survey row 4, relevant (/data/a)"
    ]


def test_group_is_told_once_for_all_in_it() -> None:
    rows = ("begin_group | g | G | false() |", "text | a | A | |", "end_group | | | |")
    assert found(*rows) == ["question-unreachable survey row 4, relevant (/data/g)"]


def test_value_that_a_calculation_gives_is_not_held_to_the_choices() -> None:
    text = (
        "| survey |\n| | type | name | label | relevant | trigger | calculation |\n"
        "| | text | t | T | | | |\n"
        "| | select_one c | pick | P | | ${t} | 'z' |\n"
        "| | text | a | A | ${pick} = 'z' | | |\n" + CHOICES
    )
    made = compile_source(text.encode(), "f.md", {})
    assert Reach(made.definition, lists_of(made)).unreachable() == []


def test_missing_translation_of_a_choice_names_its_row() -> None:
    text = (
        "| survey |\n| | type | name | label::Việt (vi) | label::English (en) |\n"
        "| | select_one c | pick | Chọn | |\n"
        "| choices |\n| | list_name | name | label::Việt (vi) | label::English (en) |\n"
        "| | c | x | X | Ex |\n| | c | y | Y | |\n"
    )
    made = compile_source(text.encode(), "f.md", {})
    missing = [(one.place, one.languages) for one in made.warnings if one.languages]
    assert missing == [
        ("choices row 3, label (c y)", ("en",)),
        ("survey row 2, label (/data/pick)", ("en",)),
    ]
