"""(e) What forms cost the server: one submission validated, the largest form compiled.

Processor time of this process, the fastest tenth of the tries: what else runs on the machine slows
the others down by the caches and the heat it shares with them.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any

from server.forms.definition import decode, decode_instance
from server.forms.filling import Filling
from server.forms.form import Form
from server.forms.instance import InstanceNode
from server.forms.offers import offered
from server.forms.validation import validate

from . import forms_made

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
VALIDATE_LIMIT = 0.5
COMPILE_LIMIT = 1000.0
VALUES = {"int": "12", "decimal": "1.5", "date": "1990-02-01", "string": "Lò Thị Mẫu"}


@dataclass(frozen=True)
class Cost:
    """Milliseconds, and how many answers the submission held."""

    validated: float
    answers: int
    compiled: float


def measure(runs: int = 5) -> Cost:
    """Validate the form of 60 questions fully answered; compile the one of 500."""
    _, sixty, _, large = forms_made.names()
    form = _form(sixty)
    answers = answers_for(form)
    faults = validate(form, answers, now=NOW, language="vi")
    if faults:
        raise AssertionError(f"the bench's own answers are wrong: {faults[:3]}")
    each = [_took(lambda: validate(form, answers, now=NOW, language="vi")) for _ in range(200)]
    whole = [_took(lambda: forms_made.compiled(large)) for _ in range(runs)]
    return Cost(quantiles(each, n=10)[0], count(answers), min(whole))


def answers_for(form: Form) -> dict[str, Any]:
    """Everything answered as a person would: what is offered, else a plain value of the type."""
    filling = Filling(form, now=NOW, language="vi")
    for node in _leaves(filling.growth.top):
        spec = form.nodes[node.at]
        if spec.calculate is not None or not node.relevant:
            continue
        if node.at in form.choices:
            value = offered(filling, node)[0].value
        else:
            value = VALUES.get(spec.type or "string", "Lò Thị Mẫu")
        filling.answer(node.reference(), value)
    return filling.answers()


def count(answers: dict[str, Any]) -> int:
    """How many values there are."""
    return sum(count(one) if isinstance(one, dict) else 1 for one in answers.values())


def _form(name: str) -> Form:
    made = forms_made.compiled(name)
    lists = {digest: decode_instance(content) for digest, (_, content) in made.resources.items()}
    return Form(decode(made.whole), lists)


def _leaves(node: InstanceNode) -> list[InstanceNode]:
    found: list[InstanceNode] = []
    for child in node.children:
        found += _leaves(child) if child.children else [child]
    return found


def _took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000
