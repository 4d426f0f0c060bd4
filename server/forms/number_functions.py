"""Expression functions on numbers and truth values."""

from __future__ import annotations

import math
from collections.abc import Callable

from server.forms.context import Context
from server.forms.function import Function
from server.forms.values import NAN, Value, boolean, number

LARGEST_EXACT = 2.0**52


def spread(context: Context, values: tuple[Value, ...]) -> list[float]:
    """Return every value, and every node of a set, as a number."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found += [number(node.string(), context.run.zone) for node in value]
        else:
            found.append(number(value, context.run.zone))
    return found


def total(context: Context, *values: Value) -> float:
    """Add up the nodes of a set."""
    return math.fsum(spread(context, values))


def smallest(context: Context, *values: Value) -> float:
    """Return the smallest; NaN when there is none or one is no number."""
    found = spread(context, values)
    return min(found) if found and not any(n != n for n in found) else NAN


def largest(context: Context, *values: Value) -> float:
    """Return the largest; NaN when there is none or one is no number."""
    found = spread(context, values)
    return max(found) if found and not any(n != n for n in found) else NAN


def rounded(value: float, digits: float = 0.0) -> float:
    """Round half up (-2.5 gives -2), to decimals or, with negative digits, to tens."""
    if value != value or digits != digits or math.isinf(value):
        return value if digits == digits else NAN
    places = max(-300, min(300, int(digits)))
    if places == 0:
        return value if abs(value) >= LARGEST_EXACT else float(math.floor(value + 0.5))
    if places > 0:
        # The shortest decimal decides, so that 1.005 rounds as it reads.
        scaled = float(f"{value!r}e{places}") if "e" not in repr(value) else value * 10.0**places
        if abs(scaled) >= LARGEST_EXACT:
            return value
        return float(f"{math.floor(scaled + 0.5)}e-{places}")
    unit = 10.0**-places
    return math.floor(value / unit + 0.5) * unit


def whole(value: float) -> float:
    """Cut the fraction off, towards zero."""
    return value if value != value or math.isinf(value) else float(math.trunc(value))


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


def up(value: float) -> float:
    """Round up to a whole number."""
    return value if value != value or math.isinf(value) else float(math.ceil(value))


def down(value: float) -> float:
    """Round down to a whole number."""
    return value if value != value or math.isinf(value) else float(math.floor(value))


def _truths(values: tuple[Value, ...]) -> list[bool]:
    """Return the truth of every value; of a node, whether it holds more than 0 or false."""
    found: list[bool] = []
    for value in values:
        if isinstance(value, list):
            found += [node.string() not in ("", "0", "false") for node in value]
        else:
            found.append(boolean(value))
    return found


def checklist(least: float, most: float, *values: Value) -> bool:
    """Tell whether enough but not too many are true; -1 for no bound."""
    true = sum(_truths(values))
    return (least < 0 or true >= least) and (most < 0 or true <= most)


def weighted_checklist(context: Context, least: float, most: float, *values: Value) -> bool:
    """Tell whether the weights of the true ones add up to between least and most."""
    truths: list[bool] = []
    weights: list[float] = []
    for place, value in enumerate(values):
        if place % 2 == 0:
            truths += _truths((value,))
        else:
            weights += spread(context, (value,))
    weight = sum(w for true, w in zip(truths, weights, strict=False) if true)
    return (least < 0 or weight >= least) and (most < 0 or weight <= most)


def chance(context: Context) -> float:
    """Return a random number from 0 to below 1."""
    return context.run.random()


FUNCTIONS: dict[str, Function] = {
    "number": Function("n", "n", float, least=0, about_context=True),
    "sum": Function("v", "n", total, most=None, asks=True),
    "min": Function("v", "n", smallest, most=None, asks=True),
    "max": Function("v", "n", largest, most=None, asks=True),
    "round": Function("nn", "n", rounded, least=1),
    "int": Function("n", "n", whole),
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
