"""Whole and rounded numbers: `round`, `int`, `floor`, `ceiling`."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from .context import Context
from .values import NAN, Value, number, string

TINY = re.compile(r"e-\d+$")


def rounded(value: float, digits: float = 0.0) -> float:
    """Round halves away from zero (-1.5 gives -2), to decimals or, with negative digits, to tens.

    The shortest decimal decides, so that 1.005 rounds as it reads.
    """
    if value != value or math.isinf(value) or digits != digits or math.isinf(digits):
        return value if digits == digits else NAN
    unit = Decimal(1).scaleb(-int(digits))
    try:
        return float(Decimal(repr(value)).quantize(unit, ROUND_HALF_UP))
    except InvalidOperation:
        # More digits than a double has: nothing to round.
        return value


def whole(value: float) -> float:
    """Cut the fraction off, towards zero."""
    return value if value != value or math.isinf(value) else float(math.trunc(value))


def integer(context: Context, value: Value) -> float:
    """Return `int(value)`; tiny numbers may come written with an exponent."""
    text = string(value)
    if TINY.search(text):
        try:
            return whole(float(text))
        except ValueError:
            return NAN
    return whole(number(value, context.run.zone))


def up(value: float) -> float:
    """Round up to a whole number."""
    return value if value != value or math.isinf(value) else float(math.ceil(value))


def down(value: float) -> float:
    """Round down to a whole number."""
    return value if value != value or math.isinf(value) else float(math.floor(value))
