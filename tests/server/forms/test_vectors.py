"""The recorded form sessions, which the phone's engine passes too (tests/vectors/README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.forms.definition import Definition, Element, Instance
from server.forms.filling import Filling
from server.forms.form import Form
from server.forms.instance import InstanceNode
from server.forms.offers import offered
from server.forms.validation import check, validate

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "forms"
VECTORS = sorted(path.name for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", VECTORS)
def test_recorded_session_reads_the_same_after_every_step(name: str) -> None:
    vector = json.loads((FOLDER / name).read_text("utf-8"))
    filling = opened(vector)
    for at, step in enumerate(vector["steps"]):
        perform(filling, step.get("do"))
        seen = {"values": values(filling), "shown": shown(filling)}
        assert seen == {"values": step["values"], "shown": step["shown"]}, (at, step.get("do"))
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
    wanted = {ref: seen["fault"][0] for ref, seen in last["shown"].items() if "fault" in seen}
    assert {fault.ref: fault.kind for fault in faults} == wanted


def opened(vector: dict[str, Any]) -> Filling:
    definition = msgspec.convert(vector["definition"], Definition)
    resources = {
        digest: msgspec.convert(one, Instance)
        for digest, one in (vector.get("resources") or {}).items()
    }
    now = datetime.fromisoformat(vector["now"])
    return Filling(Form(definition, resources), now=now, random=lambda: 0.5)


def perform(filling: Filling, do: list[str] | None) -> None:
    if do is None:
        return
    if do[0] == "answer":
        filling.answer(do[1], do[2])
    elif do[0] == "add":
        filling.add(do[1])
    elif do[0] == "remove":
        filling.remove(do[1])
    else:
        filling.speak(do[1])


def values(filling: Filling) -> dict[str, str]:
    return {
        node.reference(): node.text
        for node in filling.growth.top.below()
        if node.text and not node.text.startswith("uuid:")
    }


def shown(filling: Filling) -> dict[str, dict[str, Any]]:
    faults = {fault.ref: fault for fault in check(filling)}
    found: dict[str, dict[str, Any]] = {}
    for element, node in visible(filling, filling.form.definition.body, filling.growth.top):
        seen: dict[str, Any] = {}
        if node.text:
            seen["value"] = node.text
        if node.is_readonly():
            seen["readonly"] = True
        if node.required:
            seen["required"] = True
        label = filling.say(element.label, node)
        if label:
            seen["label"] = label
        if element.choices is not None:
            seen["choices"] = [
                [offer.value, filling.say(offer.label, node)] for offer in offered(filling, node)
            ]
        fault = faults.get(node.reference())
        if fault:
            seen["fault"] = [fault.kind] + ([fault.message] if fault.message is not None else [])
        found[node.reference()] = seen
    return found


def visible(
    filling: Filling, body: list[Element], around: InstanceNode
) -> Iterator[tuple[Element, InstanceNode]]:
    for element in body:
        if element.node is None:
            yield from visible(filling, element.items or [], around)
        elif element.as_ == "repeat":
            for node in around.scope.ranges[element.node]:
                if node.relevant:
                    yield from visible(filling, element.items or [], node)
        else:
            node = around.scope.nodes[element.node]
            if node.relevant and element.items is None:
                yield element, node
            elif node.relevant:
                yield from visible(filling, element.items or [], node)


def without_meta(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name != "meta"}
