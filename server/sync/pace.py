"""How fast a line moves, so that who finds no room is told when there may be some.

Counted while there is work. Told times are spread: a thousand phones that were turned away
together, when the signal came back, should not all return together.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable

# Seconds between two looks at the pace, and the bounds of what anybody is told.
STEP = 0.5
SHORTEST, LONGEST = 2, 60
# Items a second, before anything is known.
FIRST = 200.0


class Pace:
    """Items a second; `clock` gives seconds, `chance` a number from 0 to 1."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.rate = FIRST
        self._clock, self._chance = clock, chance
        self._since, self._done = clock(), 0

    def begin(self) -> None:
        """There is work again."""
        self._since, self._done = self._clock(), 0

    def done(self, count: int) -> None:
        """So many items more have left."""
        self._done += count
        now = self._clock()
        if now - self._since >= STEP:
            # Halfway to what was just seen: one long wait for the disk is not the pace.
            self.rate = max(1.0, (self.rate + self._done / (now - self._since)) / 2)
            self._since, self._done = now, 0

    def wait(self, waiting: int) -> int:
        """Whole seconds after which to come back when so many are in line."""
        seconds = waiting / self.rate * (1 + self._chance())
        return max(SHORTEST, min(LONGEST, math.ceil(seconds)))
