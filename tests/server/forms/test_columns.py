"""Columns and settings that phones do not follow are named, and docs/forms.md lists them."""

import re

import pytest

from server.forms.columns import SETTINGS, SURVEY
from server.forms.sources import compile_source
from server.forms.whole import SUBMISSION
from tests.support.forms import compiled, xform

from .test_served import COLUMNS

# Other ways to write a column that the page names.
ALIASES = set(
    "caption requiredmsg noapperrorstring relevance readonly calculate count rows value tag "
    "command constraining_message jr control media image audio video big-image set_form_title "
    "title set_form_id id_string".split()
)


def remarks(survey: str = "", settings: tuple[str, str] = ("form_id", "thu")) -> list[str]:
    """Place and code of each remark on a form with one more column in either sheet."""
    form = f"""
| survey |
| | type | name | label | {survey} |
| | text | q | Hỏi | {"x" if survey else ""} |
| settings |
| | form_title | version | {settings[0]} |
| | Thử | 1 | {settings[1]} |
"""
    made = compile_source(form.encode(), "f.md", {})
    return [f"{one.code} {one.place}" for one in made.warnings]


@pytest.mark.parametrize("column", ["nonsense", "requird", "hxl", "intent"])
def test_column_that_nothing_reads_is_named(column: str) -> None:
    assert remarks(column) == [f"part-ignored survey row 1, {column}"]


@pytest.mark.parametrize("column", ["hint", "hint::English (en)", "note", "$kuid"])
def test_column_that_is_read_or_an_authors_own_is_let_pass(column: str) -> None:
    assert [one for one in remarks(column) if "row 1" in one] == []


@pytest.mark.parametrize("column", ["sms_keyword", "client_editable", "form_titel"])
def test_setting_that_nothing_reads_is_named(column: str) -> None:
    assert remarks(settings=(column, "x")) == [f"part-ignored settings row 1, {column}"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("public_key", "abc", "part-ignored"),
        ("submission_url", "https://example.org", "part-ignored"),
        ("auto_send", "true", "part-ignored"),
        ("auto_delete", "true", "part-ignored"),
        ("style", "theme-grid pages", "part-plain"),
    ],
)
def test_setting_that_phones_do_their_own_way_is_named_with_its_place(
    column: str, value: str, code: str
) -> None:
    assert remarks(settings=(column, value)) == [f"{code} settings row 2, {column}"]


def test_settings_of_an_xform_are_named_too() -> None:
    made = compiled("<x/>", '<submission action="https://example.org" method="post"/>')
    assert [one.place for one in made.warnings] == ["submission submission_url"]


def test_style_of_one_question_a_page_is_how_forms_are_shown() -> None:
    assert remarks(settings=("style", "pages")) == []
    assert 'class="' not in xform("<x/>")


def test_range_with_words_at_its_marks_is_named() -> None:
    form = (
        "| survey |\n| | type | name | label | parameters |\n"
        "| | range | q | Q | start=1 end=2 step=1 tick_labelset=c |\n"
        "| choices |\n| | list_name | name | label |\n| | c | 1 | A |\n| | c | 2 | B |\n"
    )
    (remark,) = compile_source(form.encode(), "f.md", {}).warnings
    assert remark.place == "survey row 2, parameters (/data/q)"
    assert "tick_labelset" in remark.en


@pytest.mark.parametrize("column", sorted((SURVEY | SETTINGS) - ALIASES))
def test_column_that_is_read_is_in_the_table(column: str) -> None:
    named = {re.split("::", name)[0].lower() for name in re.findall(r"`([^`]+)`", COLUMNS)}
    assert column in named


def test_ways_of_phones_are_in_the_table() -> None:
    assert all(f"`{name}`" in COLUMNS for name, _ in SUBMISSION.values())


def test_null_is_nothing_and_said_so() -> None:
    made = compiled("<x/>", '<bind nodeset="/data/x" calculate="if(1 = 1, null, 2)"/>')
    assert made.definition.nodes[1].calculate == ["if", ["=", 1, 1], "", 2]
    assert [(one.code, one.place) for one in made.warnings] == [
        ("part-ignored", "/data/x calculate")
    ]
