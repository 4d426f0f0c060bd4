"""The values of expressions and how one kind turns into another.

A value is text, a number, a truth value, a moment or nodes. The conversions are XPath 1.0's, with
OpenRosa's dates: text that looks like a date is a number of days.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal
from typing import TypeAlias

from .moments import DAY, Moment, instant
from .tree import TreeNode

Value: TypeAlias = str | float | bool | Moment | list[TreeNode]

NUMBER = re.compile(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*", re.ASCII)
NAN = math.nan
EXACT = 2.0**53


class EvaluationFault(Exception):
    """An expression that cannot be computed: a value of the wrong kind, a node that is no list."""


def text_of_number(number: float) -> str:
    """Print a number as XPath does, with its shortest digits and never an exponent."""
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if abs(number) < EXACT and number == int(number):
        return str(int(number))
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text.removesuffix(".0")


def string(value: Value) -> str:
    """Turn a value into text; nodes give the first one's."""
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].string() if value else ""
    if isinstance(value, Moment):
        return str(value)
    return text_of_number(value)  # type: ignore[arg-type]


def number_of_text(text: str, zone: tzinfo) -> float:
    """Turn text into a number: plain decimals, else a date as days, else NaN."""
    if NUMBER.fullmatch(text):
        return float(text)
    if text[:1].isdigit():
        ms = instant(text, zone)
        if ms is not None:
            return ms / DAY
    return NAN


def number(value: Value, zone: tzinfo) -> float:
    """Turn a value into a number."""
    if type(value) is float:
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        return number_of_text(value, zone)
    if isinstance(value, list):
        return number_of_text(value[0].string(), zone) if value else NAN
    if isinstance(value, Moment):
        return value.days()
    return float(value)


def boolean(value: Value) -> bool:
    """Turn a value into a truth value: any text but the empty one is true, `'false'` too."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str | list):
        return len(value) > 0
    if isinstance(value, Moment):
        return value.ms == value.ms and value.ms != 0
    return value == value and value != 0


def nodes(value: Value) -> list[TreeNode]:
    """Return the value's nodes, or complain when it has none to give."""
    if isinstance(value, list):
        return value
    raise EvaluationFault("expected nodes, found a value")


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`=` of XPath: with nodes on a side, some node must be equal."""
    return _matches(left, right, zone, lambda a, b: a == b)


def unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`!=` of XPath: with nodes on a side, some node must differ."""
    return _matches(left, right, zone, lambda a, b: a != b)


def compared(left: Value, right: Value, zone: tzinfo, test: Callable[[float, float], bool]) -> bool:
    """`<`, `<=`, `>` or `>=` of XPath: numbers, with some node enough when there are nodes."""
    if isinstance(left, list):
        return any(compared(node.string(), right, zone, test) for node in left)
    if isinstance(right, list):
        return any(compared(left, node.string(), zone, test) for node in right)
    return test(number(left, zone), number(right, zone))


def _matches(
    left: Value, right: Value, zone: tzinfo, test: Callable[[object, object], bool]
) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return test(boolean(left), boolean(right))
    if isinstance(left, list):
        return any(_matches(node.string(), right, zone, test) for node in left)
    if isinstance(right, list):
        return any(_matches(left, node.string(), zone, test) for node in right)
    if isinstance(left, str) and isinstance(right, str):
        return test(left, right)
    return test(number(left, zone), number(right, zone))
