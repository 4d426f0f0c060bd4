"""Writes carry.json: two versions of small forms, answers to the first, and what stays of them.

Run as `python -m tests.vectors.make_carry` after a change of the rules, and read the difference.
The definitions are those of the compiler; what is expected is written here by hand.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from server.forms.sources import compile_source

TARGET = Path(__file__).parent / "carry.json"
CHOICES = "| choices |\n| | list_name | name | label |\n"
COLOURS = "| | c | do | Đỏ |\n| | c | xanh | Xanh |\n"

# (name, rows before, rows after, choices before, choices after, answers, kept by path, lost)
CASES: list[
    tuple[str, list[str], list[str], str, str, dict[str, Any], dict[str, str], list[str]]
] = [
    (
        "a question of the same path keeps its answer",
        ["text | a | A"],
        ["text | a | B"],
        "",
        "",
        {"a": "một"},
        {"/data/a": "một"},
        [],
    ),
    (
        "a question that moved into a group keeps its answer",
        ["text | a | A"],
        ["begin_group | g | G", "text | a | A", "end_group | | "],
        "",
        "",
        {"a": "một"},
        {"/data/g/a": "một"},
        [],
    ),
    (
        "a question that moved into a repeat does not",
        ["text | a | A"],
        ["begin_repeat | r | R", "text | a | A", "end_repeat | | "],
        "",
        "",
        {"a": "một"},
        {},
        ["/data/a một gone"],
    ),
    (
        "two of one name are not told apart",
        ["text | a | A"],
        [
            *("begin_group | g | G", "text | a | A", "end_group | | "),
            *("begin_group | h | H", "text | a | A", "end_group | | "),
        ],
        "",
        "",
        {"a": "một"},
        {},
        ["/data/a một gone"],
    ),
    (
        "entries of a repeat keep their places",
        ["begin_repeat | r | R", "text | a | A", "text | b | B", "end_repeat | | "],
        ["begin_repeat | r | R", "text | a | A", "end_repeat | | "],
        "",
        "",
        {"r": [{"a": "một"}, {"b": "hai"}, {"a": "ba"}]},
        {"/data/r[1]/a": "một", "/data/r[3]/a": "ba"},
        ["/data/r[2]/b hai gone"],
    ),
    (
        "a choice withdrawn goes, the others stay",
        ["select_multiple c | a | A", "select_one c | b | B"],
        ["select_multiple c | a | A", "select_one c | b | B"],
        COLOURS,
        "| | c | xanh | Xanh |\n",
        {"a": "do xanh", "b": "do"},
        {"/data/a": "xanh"},
        ["/data/a do choice", "/data/b do choice"],
    ),
    (
        "one pick becomes one of several, several do not become one",
        ["select_one c | a | A", "select_multiple c | b | B", "select_multiple c | d | D"],
        ["select_multiple c | a | A", "select_one c | b | B", "select_one c | d | D"],
        COLOURS,
        COLOURS,
        {"a": "do", "b": "do xanh", "d": "xanh"},
        {"/data/a": "do", "/data/d": "xanh"},
        ["/data/b do xanh type"],
    ),
    (
        "numbers become text and text that reads as one a number",
        ["integer | a | A", "text | b | B", "text | d | D", "decimal | e | E"],
        ["text | a | A", "integer | b | B", "decimal | d | D", "integer | e | E"],
        "",
        "",
        {"a": "7", "b": "mười", "d": "-2.5", "e": "2.5"},
        {"/data/a": "7", "/data/d": "-2.5"},
        ["/data/b mười type", "/data/e 2.5 type"],
    ),
    (
        "a date becomes text, no text a date, no choice a text, no text a choice",
        ["date | a | A", "text | b | B", "select_one c | d | D", "text | e | E"],
        ["text | a | A", "date | b | B", "text | d | D", "select_one c | e | E"],
        COLOURS,
        COLOURS,
        {"a": "2026-11-22", "b": "2026-11-22", "d": "do", "e": "do"},
        {"/data/a": "2026-11-22"},
        ["/data/b 2026-11-22 type", "/data/d do type", "/data/e do type"],
    ),
    (
        "a photo is no recording",
        ["image | a | A"],
        ["audio | a | A"],
        "",
        "",
        {"a": "x.jpg"},
        {},
        ["/data/a x.jpg type"],
    ),
]


def compiled(rows: list[str], choices: str) -> Any:
    """The definition of a survey of these rows, as JSON."""
    survey = "| survey |\n| | type | name | label |\n" + "".join(f"| | {row} |\n" for row in rows)
    made = compile_source((survey + (CHOICES + choices if choices else "")).encode(), "f.md", {})
    return msgspec.json.decode(made.whole)


def main() -> None:
    """Write the file."""
    cases = [
        {
            "name": name,
            "old": compiled(before, choices_before),
            "new": compiled(after, choices_after),
            "answers": answers,
            "kept": kept,
            "lost": lost,
        }
        for name, before, after, choices_before, choices_after, answers, kept, lost in CASES
    ]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    TARGET.write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
