"""Answers to faults: the server's own check of what a phone sends.

The answers are opened as they are, everything that can be computed is computed again, and every
relevant question is judged: required, type, choice, constraint, calculation. What hangs on clock or
chance, and what a person may type over, is not computed again, so it cannot differ. What is not
relevant is not judged; it is no part of the dossier. Pure but for the arguments: moment and form.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from .filling import Filling
from .form import Form
from .instance import InstanceNode
from .offers import allows
from .text_functions import words
from .values import number_of_text


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing wrong with the answers.

    `kind` is required, constraint, type, choice, calculated or unknown; `message` what the form
    itself says about it, in the language asked for.
    """

    ref: str
    kind: str
    message: str | None = None


def validate(
    form: Form, answers: Mapping[str, Any], *, now: datetime, language: str = ""
) -> list[Fault]:
    """Return the faults of submitted answers, in the order of the form; none means valid."""
    filling = Filling(form, answers=answers, now=now, language=language)
    return check(filling, answers)


def check(filling: Filling, answers: Mapping[str, Any] | None = None) -> list[Fault]:
    """Return the faults of a filling; with `answers`, also where calculations differ from them."""
    faults = [Fault(ref, "unknown") for ref in filling.growth.unknown()]
    form = filling.form
    _check_below(filling, filling.growth.top, answers, faults, form)
    return faults


def _check_below(
    filling: Filling,
    node: InstanceNode,
    given: Mapping[str, Any] | None,
    faults: list[Fault],
    form: Form,
) -> None:
    """Check the children of a node; `given` are the answers at the same place."""
    specs = form.nodes
    place: dict[str, int] = {}
    for child in node.children:
        if not child.relevant:
            continue
        spec = specs[child.at]
        if spec.kind != "value":
            inner: Any = None if given is None else given.get(child.name, {})
            if spec.kind == "repeat" and isinstance(inner, list):
                at = place.get(child.name, 0)
                place[child.name] = at + 1
                inner = inner[at] if at < len(inner) else {}
            if inner is not None and not isinstance(inner, dict):
                inner = {}
            _check_below(filling, child, inner, faults, form)
            continue
        kind = wrong(filling, child)
        if kind is not None:
            message = {"required": spec.required_message, "constraint": spec.constraint_message}
            said = message.get(kind)
            words = filling.say(said, child) if said is not None else None
            faults.append(Fault(child.reference(), kind, words))
        elif (
            given is not None
            and spec.calculate is not None
            and given.get(child.name, "") != child.value
        ):
            faults.append(Fault(child.reference(), "calculated"))


def wrong(filling: Filling, node: InstanceNode) -> str | None:
    """Return what is wrong with one relevant question, or None."""
    value = node.text
    if not value:
        return "required" if node.required else None
    judging = filling.form.judgings[node.at]
    if judging is None:
        return None
    fits, is_list, has_choices, ends, constraint = judging
    if fits is not None and not fits(value, filling.zone):
        return "type"
    if has_choices:
        picked = words(value) if is_list else [value]
        for one in picked:
            if not allows(filling, node, one):
                return "choice"
    if ends is not None and not ends[0] <= number_of_text(value, filling.zone) <= ends[1]:
        return "constraint"
    if constraint is not None and not filling.attempt(constraint, node, True):
        return "constraint"
    return None
