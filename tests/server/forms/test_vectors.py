"""The recorded form sessions, which the phone's engine passes too (tests/vectors/README.md)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from server.forms.validation import validate
from tests.agreement.sessions import opened, perform, seen

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "forms"
VECTORS = sorted(path.name for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", VECTORS)
def test_recorded_session_reads_the_same_after_every_step(name: str) -> None:
    vector = json.loads((FOLDER / name).read_text("utf-8"))
    filling = opened(vector)
    for at, step in enumerate(vector["steps"]):
        perform(filling, step.get("do"))
        assert seen(filling) == {"values": step["values"], "shown": step["shown"]}, (
            at,
            step.get("do"),
        )
    answers = filling.answers()
    assert without_meta(answers) == without_meta(vector["answers"])


@pytest.mark.parametrize("name", VECTORS)
def test_what_a_recorded_session_sends_has_no_faults_but_those_it_showed(name: str) -> None:
    vector = json.loads((FOLDER / name).read_text("utf-8"))
    last = vector["steps"][-1]
    faults = validate(
        opened(vector).form,
        vector["answers"],
        now=datetime.fromisoformat(vector["now"]),
        language=next(
            (s["do"][1] for s in reversed(vector["steps"]) if s.get("do", [""])[0] == "language"),
            "",
        ),
    )
    wanted = {ref: told["fault"][0] for ref, told in last["shown"].items() if "fault" in told}
    assert {fault.ref: fault.kind for fault in faults} == wanted


def without_meta(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name != "meta"}
