"""A pattern as a machine of steps: letters to take, and ways that part (pure).

It stands for how a phone tries a pattern: small counts are written out, large ones are loops;
edges, looks and references take no letter and hold nothing up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .patterns import MANY, Either, Letter, Part, PatternUnread, Repeat, Row

MOST_STEPS = 3_000
# From here on a count is as good as no end to how long a pattern may take.
ENDLESS = 10


@dataclass(slots=True, eq=False)
class Step:
    """Takes a letter, or nothing; then goes on to each of `to`."""

    letter: Letter | None = None
    to: list[Step] = field(default_factory=list)


def build(part: Part) -> list[Step]:
    """All steps of the machine. Raises `PatternUnread` for what is too long."""
    steps: list[Step] = []

    def add(letter: Letter | None = None) -> Step:
        step = Step(letter)
        steps.append(step)
        if len(steps) > MOST_STEPS:
            raise PatternUnread("too long")
        return step

    def lay(part: Part, before: Step) -> Step:
        """Lay a part behind a step; the step it ends with."""
        if isinstance(part, Letter):
            step = add(part)
            before.to.append(step)
            return step
        if isinstance(part, Row):
            for one in part.parts:
                before = lay(one, before)
            return before
        if isinstance(part, Either):
            ends = [lay(one, before) for one in part.parts]
            after = add()
            for end in ends:
                end.to.append(after)
            return after
        return turn(part, before) if isinstance(part, Repeat) else before

    def turn(part: Repeat, before: Step) -> Step:
        least, most = part.least, part.most
        if most >= ENDLESS or least >= ENDLESS:
            least, most = min(least, 1), MANY
        for _ in range(least - 1 if most == MANY and least else least):
            before = lay(part.part, before)
        after = add()
        if most == MANY:
            again = add()
            before.to.append(again)
            end = lay(part.part, again)
            end.to.append(again)
            (end if least else again).to.append(after)
            return after
        for _ in range(most - least):
            before.to.append(after)
            here = add()
            before.to.append(here)
            before = lay(part.part, here)
        before.to.append(after)
        return after

    lay(part, add())
    return steps
