"""Shuffling as the ODK family does it, so that a seed gives the same order everywhere.

Park and Miller's generator and an inside-out Fisher-Yates shuffle.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TypeVar

from .values import Value, number, string

Item = TypeVar("Item")
MODULUS = 2_147_483_647
LARGEST = 2**63 - 1


def seeded(value: Value, zone: tzinfo) -> Callable[[], float]:
    """Return a source of numbers from 0 to below 1 that starts from a seed.

    A number seeds as a Java double cast to long; text by the first 64 bits of its SHA-256.
    """
    seed = number(value, zone)
    if not math.isnan(seed):
        whole = math.trunc(seed) if math.isfinite(seed) else LARGEST if seed > 0 else -LARGEST - 1
    else:
        text = string(value)
        hashed = hashlib.sha256(text.encode()).digest()[:8]
        whole = int.from_bytes(hashed, "big", signed=True) if text else 0
    state = int(math.copysign(abs(whole) % MODULUS, whole)) if whole else 0
    if state <= 0:
        state += MODULUS - 1

    def draw() -> float:
        nonlocal state
        state = state * 16_807 % MODULUS
        return (state - 1) / (MODULUS - 1)

    return draw


def shuffled(items: Sequence[Item], draw: Callable[[], float]) -> list[Item]:
    """Return the items in an order drawn by chance."""
    mixed: list[Item] = []
    for at, item in enumerate(items):
        place = int(draw() * (at + 1))
        if place == at:
            mixed.append(item)
        else:
            mixed.append(mixed[place])
            mixed[place] = item
    return mixed
