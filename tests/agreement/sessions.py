"""Sessions with a form on the Python engine, told in the shape of tests/vectors/README.md."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from server.forms.compiler import Compiled
from server.forms.definition import Definition, Element, Instance
from server.forms.filling import Filling
from server.forms.form import Form
from server.forms.instance import InstanceNode
from server.forms.offers import offered
from server.forms.validation import check

ANSWERS = {
    "int": ("0", "1", "2", "3", "-7", "12", "2.9", "", "2147483648", "x"),
    "decimal": ("0.5", "-3.25", "10", "1.", "", "1e3"),
    "date": ("2026-11-22", "2024-02-29", "1969-12-31", "", "2026-02-30", "2026-11-22T20:00:00Z"),
    "dateTime": ("2026-11-22T10:30:00.000+07:00", "2026-11-22T23:59:59Z", "2026-11-22", ""),
    "time": ("07:15:00.000+07:00", "23:59:00Z", "25:00", ""),
    "geopoint": ("22.5 103.9 0 0", "22.5 103.9", "95 0", ""),
    "select": ("a", "b a", "c 12 yes", "", "a b c yes 12", "nothing"),
    "rank": ("c a b", "a", "", "12 yes"),
}
PLAIN = ("a", "b", "yes", "12", "x y", "", "2026-11-22", "3.5", "Lò Thị Mẫu", "OK")


def vector_of(compiled: Compiled, now: str) -> dict[str, Any]:
    """Return a vector without steps: what both engines need to open the form."""
    vector: dict[str, Any] = {"now": now, "definition": json.loads(compiled.whole)}
    if compiled.resources:
        vector["resources"] = {
            digest: json.loads(content) for digest, (_, content) in compiled.resources.items()
        }
    return vector


def opened(vector: Mapping[str, Any]) -> Filling:
    """Open the form of a vector as it would open for a person."""
    definition = msgspec.convert(vector["definition"], Definition)
    resources = {
        digest: msgspec.convert(one, Instance)
        for digest, one in (vector.get("resources") or {}).items()
    }
    now = datetime.fromisoformat(vector["now"])
    return Filling(Form(definition, resources), now=now, random=lambda: 0.5)


def played(vector: Mapping[str, Any], does: list[list[str]]) -> dict[str, Any]:
    """Return the steps of a session, the form as opened first, and what it would send."""
    filling = opened(vector)
    steps = [seen(filling)]
    for do in does:
        perform(filling, do)
        steps.append({"do": do, **seen(filling)})
    return {"steps": steps, "answers": filling.answers()}


def perform(filling: Filling, do: list[str] | None) -> None:
    """Carry out one step."""
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


def seen(filling: Filling) -> dict[str, Any]:
    """Return what holds after a step."""
    return {"values": values(filling), "shown": shown(filling)}


def values(filling: Filling) -> dict[str, str]:
    """Return all values by reference, but for made-up identifiers."""
    return {
        node.reference(): node.text
        for node in filling.growth.top.below()
        if node.text and not node.text.startswith("uuid:")
    }


def shown(filling: Filling) -> dict[str, dict[str, Any]]:
    """Return the visible questions, each with what differs from empty, writable and right."""
    faults = {fault.ref: fault for fault in check(filling)}
    found: dict[str, dict[str, Any]] = {}
    for element, node in visible(filling, filling.form.definition.body, filling.growth.top):
        told: dict[str, Any] = {}
        if node.text:
            told["value"] = node.text
        if node.is_readonly():
            told["readonly"] = True
        if node.required:
            told["required"] = True
        label = filling.say(element.label, node)
        if label:
            told["label"] = label
        if element.choices is not None:
            told["choices"] = [
                [offer.value, filling.say(offer.label, node)] for offer in offered(filling, node)
            ]
        fault = faults.get(node.reference())
        if fault:
            told["fault"] = [fault.kind] + ([fault.message] if fault.message is not None else [])
        found[node.reference()] = told
    return found


def visible(
    filling: Filling, body: list[Element], around: InstanceNode
) -> Iterator[tuple[Element, InstanceNode]]:
    """Give the visible questions in the order of the body."""
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


def next_step(filling: Filling, chance: random.Random) -> list[str]:
    """Return something a person could do now."""
    way = chance.random()
    if way < 0.07:
        return ["language", chance.choice(("vi", "en"))]
    nodes = [node for node in filling.growth.top.below() if node.relevant]
    specs = filling.form.nodes
    if way < 0.3:
        free = [
            i
            for i, spec in enumerate(specs)
            if spec.kind == "repeat" and i not in filling.form.counted
        ]
        if way < 0.2:
            holders = [
                (node, at)
                for node in nodes
                for at in free
                if specs[at].parent == node.at and not node.is_readonly()
            ]
            if holders:
                node, at = chance.choice(holders)
                return ["add", f"{node.reference()}/{specs[at].name}"]
        instances = [node for node in nodes if node.at in free and not node.is_readonly()]
        if instances:
            return ["remove", chance.choice(instances).reference()]
    asked = [node for _, node in visible(filling, filling.form.definition.body, filling.growth.top)]
    writable = [node for node in asked if not node.is_readonly()]
    if not writable:
        return ["language", chance.choice(("vi", "en"))]
    node = chance.choice(writable)
    kind = specs[node.at].type or ""
    choices = ANSWERS.get(kind, PLAIN)
    if node.at in filling.form.choices and chance.random() < 0.6:
        offers = [offer.value for offer in offered(filling, node)]
        choices = tuple(offers) or choices
    return ["answer", node.reference(), chance.choice(choices)]
