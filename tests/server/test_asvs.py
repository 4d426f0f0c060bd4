"""The table against OWASP ASVS leaves nothing out, and names tests and headings that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TABLE = (DOCS / "security-asvs.md").read_text()
ROWS = re.findall(r"^\| ([\d., ]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TABLE, re.MULTILINE)
# Requirements of levels 1 and 2 in each section of ASVS 5.0.0; their numbers run from 1.
SECTIONS = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3
    4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3
    7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4
    10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4
    13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4
    16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""


def numbers(cell: str) -> list[str]:
    return [number.strip() for number in cell.split(",")]


def test_every_requirement_of_both_levels_has_one_row() -> None:
    most = dict(section.split(":") for section in SECTIONS.split())
    wanted = [f"{section}.{at + 1}" for section in most for at in range(int(most[section]))]
    assert len(wanted) == 253
    assert sorted(number for row in ROWS for number in numbers(row[0])) == sorted(wanted)


def test_each_row_has_a_state_and_the_head_counts_them() -> None:
    counts = dict.fromkeys(("met", "part", "not met", "–"), 0)
    for cell, _, state, where in ROWS:
        counts[state] += len(numbers(cell))
        assert where.strip()
    for state, number in counts.items():
        assert f"**{state}** {number}" in TABLE
    assert f"together {sum(counts.values())}" in TABLE


def test_what_is_met_names_a_file_or_a_page() -> None:
    bare = [
        cell for cell, _, state, where in ROWS if state == "met" and not re.search("[`(]", where)
    ]
    # The one thing that is met by having nothing of it.
    assert bare == ["6.4.2"]


def test_every_single_test_that_is_named_exists() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"def (test_\w+)\(", sources))
    named = set(re.findall(r"`(test_\w+)`", TABLE))
    assert named
    assert named - defined == set()


@pytest.mark.parametrize("page", ["security-asvs.md", "security.md"])
def test_every_part_of_a_page_that_is_named_exists(page: str) -> None:
    for heading, other in re.findall(r'"([^"]+)" in \[(\S+\.md)\]', (DOCS / page).read_text()):
        assert f"## {heading}\n" in (DOCS / other).read_text(), heading
