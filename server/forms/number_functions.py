"""Expression functions on numbers and truth values."""

from __future__ import annotations

import math
from collections.abc import Callable

from .context import Context
from .function import Function
from .rounding import down, integer, rounded, up
from .tree import TreeNode
from .values import NAN, Value, boolean, number


def spread(context: Context, values: tuple[Value, ...]) -> list[float]:
    """Return every value, and every node of a set, as a number."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found += [number(node.string(), context.run.zone) for node in value]
        else:
            found.append(number(value, context.run.zone))
    return found


def total(context: Context, found: list[TreeNode]) -> float:
    """Add up the nodes of a set."""
    return sum(spread(context, (found,)), 0.0)


def smallest(context: Context, *values: Value) -> float:
    """Return the smallest; NaN when there is none or one is no number."""
    found = spread(context, values)
    return min(found) if found and not any(n != n for n in found) else NAN


def largest(context: Context, *values: Value) -> float:
    """Return the largest; NaN when there is none or one is no number."""
    found = spread(context, values)
    return max(found) if found and not any(n != n for n in found) else NAN


def power(base: float, exponent: float) -> float:
    """Return base to the exponent; NaN where there is no real result."""
    try:
        result = base**exponent
    except OverflowError:
        return math.inf
    except ZeroDivisionError:
        return math.inf
    return result if isinstance(result, float) else NAN


def defined(function: Callable[[float], float]) -> Callable[[float], float]:
    """Make NaN of a value outside the function's domain, infinity of an overflow."""

    def safely(value: float) -> float:
        try:
            return function(value)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return safely


def logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    """Make the logarithm of zero minus infinity."""
    inner = defined(function)
    return lambda value: -math.inf if value == 0 else inner(value)


def _truths(value: Value) -> list[bool]:
    """Return the truth of a value, or of each node: whether it holds text."""
    if isinstance(value, list):
        return [node.string() != "" for node in value]
    return [boolean(value)]


def _is_within(total: float, least: float, most: float) -> bool:
    return total >= least and (most == -1 or total <= most)


def checklist(least: float, most: float, *values: Value) -> bool:
    """Tell whether enough but not too many are true; a most of -1 is no bound."""
    return _is_within(sum(sum(_truths(value)) for value in values), least, most)


def weighted_checklist(context: Context, least: float, most: float, *values: Value) -> bool:
    """Tell whether the weights of the true ones add up to between least and most."""
    weight = 0.0
    for tested, weights in zip(values[::2], values[1::2], strict=False):
        worth = spread(context, (weights,))
        for place, is_true in enumerate(_truths(tested)):
            if is_true:
                weight += worth[place] if place < len(worth) else 0.0
    return _is_within(weight, least, most)


def chance(context: Context) -> float:
    """Return a random number from 0 to below 1."""
    return context.run.random()


FUNCTIONS: dict[str, Function] = {
    "sum": Function("N", "n", total, asks=True),
    "min": Function("v", "n", smallest, most=None, asks=True),
    "max": Function("v", "n", largest, most=None, asks=True),
    "round": Function("nn", "n", rounded, least=1),
    "int": Function("v", "n", integer, asks=True),
    "floor": Function("n", "n", down),
    "ceiling": Function("n", "n", up),
    "abs": Function("n", "n", abs),
    "pow": Function("nn", "n", power),
    "sqrt": Function("n", "n", defined(math.sqrt)),
    "exp": Function("n", "n", defined(math.exp)),
    "exp10": Function("n", "n", lambda value: power(10.0, value)),
    "log": Function("n", "n", logarithm(math.log)),
    "log10": Function("n", "n", logarithm(math.log10)),
    "sin": Function("n", "n", defined(math.sin)),
    "cos": Function("n", "n", defined(math.cos)),
    "tan": Function("n", "n", defined(math.tan)),
    "asin": Function("n", "n", defined(math.asin)),
    "acos": Function("n", "n", defined(math.acos)),
    "atan": Function("n", "n", defined(math.atan)),
    "atan2": Function("nn", "n", math.atan2),
    "pi": Function("", "n", lambda: math.pi),
    "boolean": Function("b", "b", bool),
    "not": Function("b", "b", lambda value: not value),
    "checklist": Function("nnv", "b", checklist, least=2, most=None),
    "weighted-checklist": Function("nnv", "b", weighted_checklist, least=2, most=None, asks=True),
    "random": Function("", "n", chance, asks=True, volatile=True),
}
