"""The operators of expressions, built into closures: arithmetic, comparison, logic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .closures import Built, as_number, as_text, as_value
from .values import compared, equal, unequal

if TYPE_CHECKING:
    from server.forms.evaluate import Builder

ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def arithmetic(builder: Builder, tree: list[Any]) -> Built:
    """Build `+ - *`."""
    f = ARITHMETIC[tree[0]]
    a, b = builder.number(tree[1]), builder.number(tree[2])
    return "n", lambda c: f(a(c), b(c))


def division(builder: Builder, tree: list[Any]) -> Built:
    """Build `div` and `mod`, which have a result even for a divisor of zero."""
    f = _divided if tree[0] == "div" else _remainder
    a, b = builder.number(tree[1]), builder.number(tree[2])
    return "n", lambda c: f(a(c), b(c))


def negation(builder: Builder, tree: list[Any]) -> Built:
    """Build the unary minus."""
    a = builder.number(tree[1])
    return "n", lambda c: -a(c)


def equality(builder: Builder, tree: list[Any]) -> Built:
    """Build `=` and `!=`; where both sides are single texts no conversion is left to do."""
    same = tree[0] == "="
    one, two = builder.build(tree[1]), builder.build(tree[2])
    left, right = one[0], two[0]
    if left in "sL1" and isinstance(tree[2], str):
        a, text = as_text(one), tree[2]
        return ("b", lambda c: a(c) == text) if same else ("b", lambda c: a(c) != text)
    if left in "sL1" and right in "sL1":
        a, b = as_text(one), as_text(two)
        return ("b", lambda c: a(c) == b(c)) if same else ("b", lambda c: a(c) != b(c))
    if {left, right} <= set("nL1") or (left in "ns" and right in "ns"):
        a, b = as_number(one), as_number(two)
        return ("b", lambda c: a(c) == b(c)) if same else ("b", lambda c: a(c) != b(c))
    f, g = as_value(one), as_value(two)
    test = equal if same else unequal
    return "b", lambda c: test(f(c), g(c), c.run.zone)


def relation(builder: Builder, tree: list[Any]) -> Built:
    """Build `< <= > >=`."""
    test = RELATIONS[tree[0]]
    one, two = builder.build(tree[1]), builder.build(tree[2])
    if one[0] in "nsL1" and isinstance(tree[2], int | float):
        a, end = as_number(one), float(tree[2])
        return "b", lambda c: test(a(c), end)
    if one[0] in "nsL1" and two[0] in "nsL1":
        a, b = as_number(one), as_number(two)
        return "b", lambda c: test(a(c), b(c))
    # One node on a side is a number like any other there; only several need comparing each.
    f = as_number(one) if one[0] in "nsL1" else as_value(one)
    g = as_number(two) if two[0] in "nsL1" else as_value(two)
    return "b", lambda c: compared(f(c), g(c), c.run.zone, test)


def logic(builder: Builder, tree: list[Any]) -> Built:
    """Build `and` and `or` of two or more; they stop as soon as the answer is known."""
    parts = [builder.truth(part) for part in tree[1:]]
    if len(parts) == 2:
        a, b = parts
        if tree[0] == "and":
            return "b", lambda c: a(c) and b(c)
        return "b", lambda c: a(c) or b(c)
    if tree[0] == "and":
        return "b", lambda c: all(part(c) for part in parts)
    return "b", lambda c: any(part(c) for part in parts)


def _divided(a: float, b: float) -> float:
    if b:
        return a / b
    if a != a or a == 0 or b != b:
        return float("nan")
    negative = (a < 0) != (str(b)[0] == "-")
    return float("-inf") if negative else float("inf")


def _remainder(a: float, b: float) -> float:
    if b == 0 or a != a or b != b or a in (float("inf"), float("-inf")):
        return float("nan")
    if b in (float("inf"), float("-inf")):
        return a
    rest = abs(a) % abs(b)
    return -rest if a < 0 else rest


HEADS: dict[str, Callable[[Builder, list[Any]], Built]] = {
    **dict.fromkeys(ARITHMETIC, arithmetic),
    **dict.fromkeys(RELATIONS, relation),
    "div": division,
    "mod": division,
    "neg": negation,
    "=": equality,
    "!=": equality,
    "and": logic,
    "or": logic,
}
