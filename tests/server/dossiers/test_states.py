"""The transition table is the one of docs/contracts.md and nothing else."""

import re
from pathlib import Path

import pytest

from server.dossiers import states
from server.dossiers.states import APPROVED, APPROVING, EXAMINING, STATES, TRANSITIONS, Place
from server.errors import Problem

CONTRACTS = Path(__file__).resolve().parents[3] / "docs" / "contracts.md"


def test_states_have_the_codes_of_the_national_interface() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)`", CONTRACTS.read_text(), re.MULTILINE)
    assert [(int(code), name) for code, name in rows] == [
        (state.code, state.name) for state in STATES.values()
    ]


def test_every_verb_of_the_contract_leaves_the_state_it_is_listed_at() -> None:
    rows = re.findall(r"^\| \d+ \| `(\w+)`[^|]*\| ([^|]*)\|$", CONTRACTS.read_text(), re.MULTILINE)
    for name, told in rows:
        verbs = set(re.findall(r"`(\w+)`", told))
        found = {verb for place, to in TRANSITIONS.items() if place.state == name for verb in to}
        assert found == verbs, name


def test_every_place_leads_to_places_that_exist() -> None:
    for verbs in TRANSITIONS.values():
        for target in verbs.values():
            assert target in TRANSITIONS or target is states.BEFORE


@pytest.mark.parametrize(
    ("place", "verb", "target"),
    [
        (Place("submitted"), "receive", Place("received")),
        (Place("received"), "forward", EXAMINING),
        (EXAMINING, "propose", APPROVING),
        (APPROVING, "send_back", EXAMINING),
        (APPROVING, "approve", APPROVED),
        (APPROVED, "finish", Place("finished")),
        (Place("finished"), "return_result", Place("returned")),
        (Place("withdrawing"), "stop", Place("stopped")),
    ],
)
def test_verb_leads_where_the_contract_says(place: Place, verb: str, target: Place) -> None:
    assert states.leave(place, verb) == target


@pytest.mark.parametrize("before", [Place("submitted"), Place("received"), APPROVING])
def test_answered_supplement_goes_back_to_where_it_was(before: Place) -> None:
    assert states.leave(Place("supplement"), "answer_supplement", before) == before


@pytest.mark.parametrize("name", [name for name, state in STATES.items() if state.is_end])
def test_nothing_leaves_an_end(name: str) -> None:
    assert states.verbs(Place(name)) == ()


def test_verb_that_does_not_fit_is_refused_with_the_state_in_words() -> None:
    with pytest.raises(Problem) as problem:
        states.leave(Place("returned"), "receive")
    assert problem.value.code == "transition-not-allowed"
    assert "Đã trả kết quả" in problem.value.sentence("vi")


def test_every_state_has_its_words_in_both_languages() -> None:
    for state in STATES.values():
        assert len({state.label("vi"), state.label("en")}) == 2
        assert state.plain("vi").endswith(".")
        assert state.plain("en").endswith(".")
