"""One made-up form and session: the same on both engines, and judged the same on the server.

`differences` says where they part; `smallest` leaves out steps that the difference does not need.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from server.forms.compiler import compile_form
from server.forms.findings import FormFault
from server.forms.growth import FillingFault

from .forms import Maker
from .phone import Phone
from .sessions import next_step, opened, perform, played, vector_of

NOW = "2026-11-22T01:02:03Z"


@dataclass
class Case:
    """A form that was made, the session with it, and where the engines differ."""

    seed: int
    xform: str
    vector: dict[str, Any]
    does: list[list[str]]
    differences: list[str] = field(default_factory=list)


def made(seed: int, steps: int = 8) -> Case | None:
    """Make the case of a seed; None when the compiler refuses the form."""
    chance = random.Random(seed)
    xform = Maker(chance).form()
    try:
        compiled = compile_form(xform)
    except FormFault:
        return None
    vector = vector_of(compiled, NOW)
    filling = opened(vector)
    does = []
    for _ in range(steps):
        do = next_step(filling, chance)
        perform(filling, do)
        does.append(do)
    return Case(seed, xform, vector, does)


def judged(case: Case, phone: Phone) -> Case:
    """Play a case on both engines and note where they differ."""
    case.differences = differences(case.vector, case.does, phone)
    return case


def differences(vector: dict[str, Any], does: list[list[str]], phone: Phone) -> list[str]:
    """Return where the engines part, by step and place; empty when they agree."""
    here, there = played(vector, does), phone.played(vector, does)
    if "error" in there:
        return [f"phone fails: {there['error']}"]
    found: list[str] = []
    for at, (mine, theirs) in enumerate(zip(here["steps"], there["steps"], strict=True)):
        for part in ("values", "shown"):
            found += [
                f"step {at} {part} {ref}: server {mine[part].get(ref)!r},"
                f" phone {theirs[part].get(ref)!r}"
                for ref in {**mine[part], **theirs[part]}
                if mine[part].get(ref) != theirs[part].get(ref)
            ]
        if found:
            return found
    if here["answers"] != there["answers"]:
        found.append(f"answers: server {here['answers']!r}, phone {there['answers']!r}")
    return found


def smallest(case: Case, phone: Phone) -> Case:
    """Leave out every step that the difference does not need."""
    does = list(case.does)
    for at in reversed(range(len(case.does))):
        fewer = does[:at] + does[at + 1 :]
        try:
            if differences(case.vector, fewer, phone):
                does = fewer
        except FillingFault:
            # A step that the one left out made possible.
            continue
    return judged(Case(case.seed, case.xform, case.vector, does), phone)
