"""The problem catalogue."""

import re
from pathlib import Path

import pytest

from server.errors import CATALOGUE, Problem

SERVER = Path(__file__).parents[2] / "server"


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_entry_has_two_sentences_with_the_same_facts(code: str) -> None:
    entry = CATALOGUE[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", code)
    assert 400 <= entry.status <= 599
    assert entry.vi != entry.en
    assert entry.vi.endswith(".")
    assert entry.en.endswith(".")
    names = re.compile(r"{(\w+)}")
    assert set(names.findall(entry.vi)) == set(names.findall(entry.en))


def test_sentence_is_filled_with_the_facts() -> None:
    problem = Problem("procedure-closed", {"procedure": "1.001193"})
    assert "1.001193" in problem.sentence("vi")
    assert "1.001193" in str(problem)
    document = problem.document("en")
    assert document["detail"] == document["en"] == problem.sentence("en")
    assert document["procedure"] == "1.001193"
    assert document["status"] == problem.status == 409
    assert document["type"] == "/docs#problem-procedure-closed"


def test_missing_fact_does_not_break_the_answer() -> None:
    assert "…" in Problem("procedure-closed").sentence("vi")


def test_code_outside_the_catalogue_is_noticed() -> None:
    with pytest.raises(KeyError):
        Problem("no-such-problem")


def test_every_code_raised_in_the_server_is_in_the_catalogue() -> None:
    for path in SERVER.rglob("*.py"):
        for code in re.findall(r'Problem\(\s*"([^"]+)"', path.read_text(encoding="utf-8")):
            assert code in CATALOGUE, f"{path.name}: {code}"
