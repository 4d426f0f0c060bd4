"""Two submissions of one draft held against each other: what joins, what a person must decide."""

from typing import Any

import pytest

from server.dossiers.joining import BOTH, SENT, THERE, disagreements, hindrance, joined
from server.dossiers.models import Dossier
from server.errors import Problem
from server.forms.definition import decode
from server.forms.form import Form
from tests.support.filings import filing
from tests.support.mutations import compiled

FORM = Form(decode(compiled().content))
BASE = {"_procedure": "1.001193", "_commune": "02683", "ho_ten": "Giàng A Thử"}


def dossier(answers: dict[str, Any], **changed: Any) -> Dossier:
    """A dossier with these answers."""
    columns: dict[str, Any] = {
        "procedure_code": "1.001193",
        "form_digest": compiled().digest,
        "commune_code": "02683",
        "state": "submitted",
        "applicant_name": "Giàng A Thử",
        "applicant_phone": "0912345678",
    }
    return Dossier(answers={**BASE, **answers}, **columns | changed)


def sent(answers: dict[str, Any], **applicant: str) -> Any:
    return filing({**BASE, **answers}, **applicant)


def test_what_only_one_answers_joins_from_either_side() -> None:
    mine = dossier({"ngay_sinh": "2026-01-05", "giay_to": {"chung_sinh": "a.jpg"}})
    theirs = sent({"giay_to": {"ket_hon": "b.jpg"}, "con": [{"ten": "Mẫu"}]})
    assert disagreements(FORM, mine, theirs) == {}
    assert joined(FORM, mine, theirs, {}).answers == {
        **BASE,
        "ngay_sinh": "2026-01-05",
        "giay_to": {"chung_sinh": "a.jpg", "ket_hon": "b.jpg"},
        "con": [{"ten": "Mẫu"}],
    }


@pytest.mark.parametrize(("choice", "name"), [(THERE, "Giàng A Thử"), (SENT, "Lò Thị Mẫu")])
def test_what_both_answer_differently_is_as_it_was_chosen(choice: str, name: str) -> None:
    mine, theirs = dossier({}), sent({"ho_ten": "Lò Thị Mẫu"})
    assert disagreements(FORM, mine, theirs) == {"/data/ho_ten": (THERE, SENT)}
    assert joined(FORM, mine, theirs, {"/data/ho_ten": choice}).answers["ho_ten"] == name


@pytest.mark.parametrize("choices", [{}, {"/data/ho_ten": "perhaps"}, {"/data/ho_ten": BOTH}])
def test_nothing_is_decided_by_itself(choices: dict[str, str]) -> None:
    with pytest.raises(Problem, match="input-missing"):
        joined(FORM, dossier({}), sent({"ho_ten": "Lò Thị Mẫu"}), choices)


@pytest.mark.parametrize(
    ("choice", "names"),
    [(THERE, ["Mẫu", "Thử"]), (SENT, ["Thử", "Dụ"]), (BOTH, ["Mẫu", "Thử", "Dụ"])],
)
def test_two_lists_are_one_place_and_may_be_kept_together(choice: str, names: list[str]) -> None:
    mine = dossier({"con": [{"ten": "Mẫu"}, {"ten": "Thử"}]})
    theirs = sent({"con": [{"ten": "Thử"}, {"ten": "Dụ"}]})
    assert disagreements(FORM, mine, theirs) == {"/data/con": (THERE, SENT, BOTH)}
    together = joined(FORM, mine, theirs, {"/data/con": choice}).answers["con"]
    assert [one["ten"] for one in together] == names


def test_an_empty_entry_is_no_disagreement() -> None:
    mine, theirs = dossier({"con": [{"ten": "Mẫu"}]}), sent({"con": [{"ten": "Mẫu"}, {}]})
    assert disagreements(FORM, mine, theirs) == {}
    assert joined(FORM, dossier({"con": [{}]}), theirs, {}).answers["con"][0] == {"ten": "Mẫu"}


def test_what_the_form_computes_is_nobodys_answer() -> None:
    mine, theirs = dossier({"chao": "Chào Thử"}), sent({"chao": "Chào Mẫu"})
    assert disagreements(FORM, mine, theirs) == {}


def test_whose_dossier_it_is_joins_like_an_answer() -> None:
    mine = dossier({}, applicant_id_number="", applicant_phone="0912345678")
    theirs = sent({}, name="Giàng A Thử", id_number="010000000001", phone="0900000000")
    assert disagreements(FORM, mine, theirs) == {"phone": (THERE, SENT)}
    assert joined(FORM, mine, theirs, {"phone": SENT}).columns == {
        "applicant_name": "Giàng A Thử",
        "applicant_id_number": "010000000001",
        "applicant_phone": "0900000000",
    }


@pytest.mark.parametrize(
    ("state", "stage", "why"),
    [
        ("submitted", "", ""),
        ("received", "", ""),
        ("processing", "examining", ""),
        ("supplement", "", ""),
        ("processing", "approving", "state"),
        ("processing", "approved", "state"),
        ("withdrawing", "", "state"),
        ("refused", "", "state"),
        ("returned", "", "state"),
    ],
)
def test_joining_ends_where_answers_may_no_longer_change(state: str, stage: str, why: str) -> None:
    assert hindrance(dossier({}, state=state, stage=stage), sent({})) == why


def test_another_version_of_the_form_or_another_commune_is_not_joined() -> None:
    assert hindrance(dossier({}, form_digest="0" * 64), sent({})) == "form"
    assert hindrance(dossier({"_commune": "02701"}), sent({})) == "form"
