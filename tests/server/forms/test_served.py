"""What the phone does not serve is named at publishing, and docs/forms.md says the same."""

import re
from pathlib import Path

import pytest

from server.forms.definition import Element
from server.forms.served import APPEARANCES, PARAMETERS, is_served, unserved
from server.forms.sources import compile_source

DOCS = (Path(__file__).parents[3] / "docs" / "forms.md").read_text("utf-8")
REFERENCE = DOCS.partition("## XLSForm reference")[2].partition("\n## ")[0]
SERVED, LEFT_OUT = REFERENCE.split("Not served; the question", 1)
LEFT_OUT, COLUMNS = LEFT_OUT.split("Not served at all", 1)
# What a row of the spreadsheet is for each type that the second table names.
ROWS = {
    "select_one": "select_one c",
    "select_multiple": "select_multiple c",
    "all": "text",
    "geopoint": "geopoint",
}


def left_out() -> list[tuple[str, str]]:
    """Words of the second table, each with the first type it stands for."""
    rows = re.findall(r"^\| (`.+?) \| (.+?) \|", LEFT_OUT, re.MULTILINE)
    return [
        (word, re.findall(r"\w+", where)[0])
        for words, where in rows
        for word in re.findall(r"`([^`]+)`", words)
    ]


def remarks(kind: str, appearance: str) -> list[str]:
    """The places and words of what is left out of a form with one question of this appearance."""
    form = f"""
| survey |
| | type | name | label | appearance |
| | {ROWS.get(kind, kind)} | q | Hỏi | {appearance} |
| choices |
| | list_name | name | label |
| | c | a | A |
| settings |
| | form_title | form_id | version |
| | Thử | thu | 1 |
"""
    made = compile_source(form.encode(), "form.md", {})
    return [f"{found.place}: {found.en}" for found in made.warnings if found.code == "part-plain"]


def test_table_of_what_is_left_out_was_read() -> None:
    assert {("map", "select_one"), ("annotate", "image"), ("w2", "all")} < set(left_out())
    assert len(left_out()) > 20


@pytest.mark.parametrize(("word", "kind"), left_out())
def test_word_that_is_left_out_is_named_with_its_row(word: str, kind: str) -> None:
    (remark,) = remarks(kind, word)
    assert word in remark
    assert "survey row 2, appearance" in remark


@pytest.mark.parametrize("word", sorted(set().union(*APPEARANCES.values())))
def test_word_that_is_served_is_in_the_table(word: str) -> None:
    assert f"`{word}`" in SERVED


def test_words_that_are_served_pass_without_a_remark() -> None:
    for kind, word in (
        ("select_one", "columns-4 no-buttons"),
        ("select_multiple", "minimal"),
        ("date", "month-year"),
        ("image", "signature"),
        ("text", "multiline"),
        ("integer", "thousands-sep"),
    ):
        assert remarks(kind, word) == []


def test_pattern_of_columns_counts_for_choices_alone() -> None:
    assert is_served("select1", "columns-3")
    assert not is_served("input", "columns-3")
    assert not is_served("select1", "columns-many")


def test_unknown_parameters_and_kinds_of_files_are_named() -> None:
    element = Element(as_="upload", mediatype="osm/*", params={"max-pixels": 9, "tags": "x"})
    assert list(unserved(element)) == [("parameters", "tags"), ("type", "osm/*")]
    assert "max-pixels" in PARAMETERS
