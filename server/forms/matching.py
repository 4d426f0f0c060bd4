"""Whether a text fits a pattern, in time that grows with the text and no faster (pure).

All ways through the machine are followed at once, a letter at a time, and what comes of a letter is
remembered. A text that needs too much worked out anew is said not to fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .machine import Machine, Step

# What is kept before it is forgotten, and how many steps are looked at anew for one text.
MOST_KEPT = 4_000
PATIENCE = 200_000


@dataclass(slots=True, eq=False)
class _State:
    """Steps that wait for their letter, or for the text to end; where each letter leads."""

    letters: list[Step]
    ends: list[Step]
    has_matched: bool
    after: dict[str, _State] = field(default_factory=dict)


class Matcher:
    """A machine that remembers where it went, up to so many letters (`kept`).

    `fits` may be asked from several threads.
    """

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._states: dict[frozenset[int], _State] = {}
        self.kept = 0
        self._begin = self._state([machine.first], is_start=True)
        self._anew = self._state([machine.first])

    def fits(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text."""
        patience = PATIENCE
        state = self._begin
        for letter in text:
            if state.has_matched:
                return True
            after = state.after.get(letter)
            if after is None:
                patience -= len(state.letters) + len(self._anew.letters) + 8
                if patience < 0:
                    return False
                after = self._go(state, letter)
            state = after
        return state.has_matched or self._ends(state, is_start=not text)

    def _go(self, state: _State, letter: str) -> _State:
        if self.kept >= MOST_KEPT:
            for one in list(self._states.values()):
                one.after = {}
            self._states, self._begin.after, self.kept = {}, {}, 0
        code = ord(letter)
        taken = [
            target
            for step in state.letters
            if step.letter is not None and step.letter.takes(code)
            for target in step.to
        ]
        # The pattern may begin at any letter.
        after = self._state([*taken, *self._anew.letters, *self._anew.ends])
        self.kept += 1
        state.after[letter] = after
        return after

    def _state(self, steps: Iterable[Step], *, is_start: bool = False) -> _State:
        """The state of being at these steps and at all that is reached without a letter."""
        seen = _reached(steps, is_start=is_start)
        made = _State(
            [step for step in seen if step.letter is not None],
            [step for step in seen if step.edge is not None and step.edge.is_end],
            self._machine.last in seen,
        )
        if is_start:
            return made
        key = frozenset(id(step) for step in seen)
        return self._states.setdefault(key, made)

    def _ends(self, state: _State, *, is_start: bool) -> bool:
        after = [target for step in state.ends for target in step.to]
        return self._machine.last in _reached(after, is_start=is_start, is_end=True)


def _reached(
    steps: Iterable[Step], *, is_start: bool = False, is_end: bool = False
) -> dict[Step, None]:
    """These steps and all that follow without a letter; an edge only where it is."""
    seen: dict[Step, None] = {}
    waiting = list(steps)
    while waiting:
        step = waiting.pop()
        if step in seen:
            continue
        if step.edge is not None and not step.edge.is_end and not is_start:
            continue
        seen[step] = None
        if step.letter is None and (step.edge is None or not step.edge.is_end or is_end):
            waiting += step.to
    return seen
