"""What a new version means for those on an older one, tried on answers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.forms.definition import Definition
from server.forms.difference import Version
from server.forms.rehearsal import Filed, Trial, rehearse, told
from server.forms.sources import compile_source
from server.forms.versions import of_compiled

CASES = json.loads((Path(__file__).parents[2] / "vectors" / "carry.json").read_text("utf-8"))
UNTIL = datetime(2027, 2, 20, tzinfo=UTC)


def version(definition: dict[str, Any]) -> Version:
    read = msgspec.convert(definition, Definition)
    return Version(read, read.instances)


def form(rows: str) -> Version:
    survey = "| survey |\n| | type | name | label |\n" + rows
    return of_compiled(compile_source(survey.encode(), "f.md", {}))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_answers_are_carried_as_the_phone_does(case: dict[str, Any]) -> None:
    moved = list(Trial(version(case["old"]), version(case["new"])).moved(case["answers"]))
    assert {one.to: one.fit.stays for one in moved if one.fit.stays} == case["kept"]
    lost = [f"{one.ref} {one.fit.goes} {one.fit.why}" for one in moved if one.fit.why]
    assert lost == case["lost"]


def test_dossiers_are_counted_by_the_version_they_keep() -> None:
    old = {
        "v1": form("| | text | a | Tên |\n| | text | b | Xã |\n"),
        "v2": form("| | text | a | A |"),
    }
    new = form("| | text | a | Tên |\n")
    filed = [
        Filed("v1", {"a": "x"}),
        Filed("v1", {"a": "x", "b": "y"}, ("/data/b",)),
        Filed("v2", {"a": "x"}),
    ]
    one, two = rehearse(new, old, filed)
    assert (one.dossiers, one.supplements, one.whole) == (2, 1, 1)
    assert one.lost == {("Xã", "gone"): 1}
    assert (two.dossiers, two.whole) == (1, 1)
    lines = list(told([one, two], UNTIL))
    assert "    Drafts begun on it are taken until 2027-02-20, or carried over." in lines
    assert "    1 answer would have no place: “Xã” is asked no more." in lines


def test_path_asked_again_that_its_own_version_lacks_is_warned_of() -> None:
    repeat = "| | begin_repeat | r | R |\n| | text | a | A |\n| | end_repeat | | |\n"
    old = {"v1": form(repeat)}
    fine = Filed("v1", {}, ("/data/r[2]/a",))
    broken = Filed("v1", {}, ("/data/gone",))
    assert rehearse(form(repeat), old, [fine])[0].unaskable == []
    (outcome,) = rehearse(form(repeat), old, [fine, broken])
    assert outcome.unaskable == ["/data/gone"]
    assert any("warning: /data/gone" in line for line in told([outcome], UNTIL))
