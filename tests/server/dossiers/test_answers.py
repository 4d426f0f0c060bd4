"""Answers by reference: what is there, and what a supplement may change."""

from typing import Any

import pytest

from server.dossiers.answers import is_within, leaves, merged, values_at, without_positions
from server.errors import Problem

ANSWERS: dict[str, Any] = {
    "ho_ten": "A",
    "giay_to": {"anh": "a.jpg"},
    "con": [{"ten": "B", "tuoi": "1"}, {"ten": "C"}],
}


def test_leaves_carry_positions_on_repeats_only() -> None:
    assert dict(leaves(ANSWERS, "data")) == {
        "/data/ho_ten": "A",
        "/data/giay_to/anh": "a.jpg",
        "/data/con[1]/ten": "B",
        "/data/con[1]/tuoi": "1",
        "/data/con[2]/ten": "C",
    }
    assert without_positions("/data/con[2]/ten") == "/data/con/ten"


@pytest.mark.parametrize("bad", [1, None, ["x"], [["x"]]])
def test_answers_of_another_shape_are_refused(bad: object) -> None:
    with pytest.raises(Problem, match="request-malformed"):
        dict(leaves({"a": bad}, "data"))


def test_place_holds_itself_what_is_below_and_its_instances() -> None:
    assert is_within("/data/con[2]/ten", "/data/con")
    assert is_within("/data/con[2]/ten", "/data/con[2]")
    assert not is_within("/data/con_2", "/data/con")
    assert not is_within("/data/con[21]/ten", "/data/con[2]")


def test_asked_question_is_replaced_and_the_rest_stays() -> None:
    result = merged(ANSWERS, {"con": [{}, {"ten": "D"}]}, ["/data/con[2]/ten"], "data")
    assert result["con"] == [{"ten": "B", "tuoi": "1"}, {"ten": "D"}]
    assert ANSWERS["con"][1] == {"ten": "C"}


def test_asked_question_that_is_left_out_is_emptied() -> None:
    assert "ho_ten" not in merged(ANSWERS, {}, ["/data/ho_ten"], "data")


def test_asked_repeat_is_replaced_whole() -> None:
    result = merged(ANSWERS, {"con": [{"ten": "E"}]}, ["/data/con"], "data")
    assert result["con"] == [{"ten": "E"}]


def test_asked_group_is_replaced_whole() -> None:
    result = merged(ANSWERS, {"giay_to": {"anh_2": "b.jpg"}}, ["/data/giay_to"], "data")
    assert result["giay_to"] == {"anh_2": "b.jpg"}


def test_what_was_not_asked_may_only_be_repeated() -> None:
    patch = {"ho_ten": "A", "giay_to": {"anh": "b.jpg"}}
    assert merged(ANSWERS, patch, ["/data/giay_to/anh"], "data")["ho_ten"] == "A"
    with pytest.raises(Problem, match="supplement-outside"):
        merged(ANSWERS, {**patch, "ho_ten": "X"}, ["/data/giay_to/anh"], "data")


def test_what_the_form_computes_may_change_along() -> None:
    result = merged(
        ANSWERS, {"ho_ten": "X"}, ["/data/con"], "data", lambda ref: ref == "/data/ho_ten"
    )
    assert result["ho_ten"] == "X"


@pytest.mark.parametrize("ref", ["ho_ten", "/data", "/data//x", "/data/con[0]/ten"])
def test_malformed_reference_is_refused(ref: str) -> None:
    with pytest.raises(Problem, match="request-malformed"):
        merged(ANSWERS, {}, [ref], "data")


def test_answers_that_collide_with_the_shape_are_refused() -> None:
    with pytest.raises(Problem, match="request-malformed"):
        merged(ANSWERS, {"ho_ten": {"x": "1"}}, ["/data/ho_ten/x"], "data")


def test_values_of_one_question_are_found_in_every_instance() -> None:
    answers = {
        "giay_to": {"anh": "a.jpg"},
        "con": [{"anh": "b.jpg"}, {"ten": "Mẫu"}, {"anh": "c.jpg"}, "lạ"],
        "ho_ten": "Lò Thị Mẫu",
    }
    assert list(values_at(answers, "/data/giay_to/anh")) == [("/data/giay_to/anh", "a.jpg")]
    assert list(values_at(answers, "/data/con/anh")) == [
        ("/data/con[1]/anh", "b.jpg"),
        ("/data/con[3]/anh", "c.jpg"),
    ]
    assert list(values_at(answers, "/data/ho_ten")) == [("/data/ho_ten", "Lò Thị Mẫu")]
    assert list(values_at(answers, "/data/con")) == []
    assert list(values_at(answers, "/data/ho_ten/tre")) == []
