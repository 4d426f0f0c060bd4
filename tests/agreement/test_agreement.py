"""A slice of made-up forms; `python -m tests.agreement.run` looks longer, from any seed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .compare import judged, made, smallest
from .phone import Phone
from .sessions import played

FORMS = 50


@pytest.fixture(scope="module")
def phone() -> Iterator[Phone]:
    with Phone() as started:
        yield started


def test_both_engines_agree_on_forms_that_chance_makes(phone: Phone) -> None:
    judged_forms = 0
    for seed in range(FORMS):
        case = made(seed)
        if case is not None:
            found = judged(case, phone)
            if found.differences:
                least = smallest(found, phone)
                pytest.fail(f"seed {seed}: {least.does}\n" + "\n".join(least.differences))
            judged_forms += 1
    assert judged_forms > FORMS // 2


class Forgetful(Phone):
    """A phone that loses the answer of one question."""

    def __init__(self, phone: Phone, reference: str) -> None:
        self.process = phone.process
        self.reference = reference

    def played(self, vector: dict[str, Any], does: list[list[str]]) -> dict[str, Any]:
        told = super().played(vector, does)
        for step in told["steps"]:
            step["values"].pop(self.reference, None)
        return told


def test_a_difference_is_found_and_brought_down_to_the_steps_it_needs(phone: Phone) -> None:
    for case in filter(None, map(made, range(50))):
        first, last = (played(case.vector, does)["steps"][-1] for does in ([], case.does))
        new = [ref for ref in last["values"] if ref not in first["values"]]
        if new:
            least = smallest(case, Forgetful(phone, new[0]))
            assert least.differences
            assert 0 < len(least.does) < len(case.does)
            return
    pytest.fail("no made-up session answers anything")
