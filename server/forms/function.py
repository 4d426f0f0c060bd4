"""What the table of expression functions says about each of them.

The kinds are one letter each: `s` text, `n` number, `b` truth, `N` nodes, `v` any value as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Function:
    """One function; `call` gets its arguments already converted, the context first if `asks`.

    `takes` names the kind of each argument, the last one repeating. `least` and `most` bound their
    number (-1: as many as `takes` has letters; `most` None: any number). `about_context` puts the
    context node in place of a missing first argument. A `volatile` function depends on clock or
    chance: the server keeps the phone's result instead of comparing its own. `of_texts` does the
    same as `call` where every argument is a single value, written as text beforehand.
    """

    takes: str
    gives: str
    call: Callable[..., Any]
    least: int = -1
    most: int | None = -1
    asks: bool = False
    volatile: bool = False
    about_context: bool = False
    of_texts: Callable[[list[str]], str] | None = None

    def arity(self) -> tuple[int, int | None]:
        """Return the least and the greatest number of arguments (None: any number)."""
        least = len(self.takes) if self.least < 0 else self.least
        most = len(self.takes) if self.most == -1 else self.most
        return least, most

    def kind(self, place: int) -> str:
        """Return the kind wanted at this place, counted from 0."""
        return self.takes[min(place, len(self.takes) - 1)]
