"""A pattern as a machine of steps: letters to take, ways that part, edges to be at (pure).

What is counted is written out. Patterns that look around, or back at what a group took, have none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .patterns import MANY, Aside, Edge, Either, Letter, Part, PatternUnread, Repeat, Row

MOST_STEPS = 3_000
# From here on a count is as good as no end to how long a pattern may take.
ENDLESS = 10


@dataclass(slots=True, eq=False)
class Step:
    """Takes a letter, or stands at an edge, or neither; then goes on to each of `to`."""

    letter: Letter | None = None
    edge: Edge | None = None
    to: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Machine:
    """Where it begins and where it has matched, and all its steps."""

    first: Step
    last: Step
    steps: list[Step]


def build(part: Part, *, is_judged: bool = False) -> Machine:
    """Build the machine. Raises `PatternUnread` for what looks around or is too long.

    `is_judged`: looks and references count as nothing there, long counts as no end.
    """
    steps: list[Step] = []

    def add(step: Step) -> Step:
        steps.append(step)
        if len(steps) > MOST_STEPS:
            raise PatternUnread("too long")
        return step

    def lay(part: Part, before: Step) -> Step:
        """Lay a part behind a step; the step it ends with."""
        if isinstance(part, Letter | Edge):
            step = add(Step(letter=part) if isinstance(part, Letter) else Step(edge=part))
            before.to.append(step)
            return step
        if isinstance(part, Row):
            for one in part.parts:
                before = lay(one, before)
            return before
        if isinstance(part, Either):
            ends = [lay(one, before) for one in part.parts]
            after = add(Step())
            for end in ends:
                end.to.append(after)
            return after
        if isinstance(part, Aside):
            if not is_judged:
                raise PatternUnread("looks around")
            return before
        return turn(part, before)

    def turn(part: Repeat, before: Step) -> Step:
        least, most = part.least, part.most
        if is_judged and (most >= ENDLESS or least >= ENDLESS):
            least, most = min(least, 1), MANY
        for _ in range(least - 1 if most == MANY and least else least):
            before = lay(part.part, before)
        after = add(Step())
        if most == MANY:
            again = add(Step())
            before.to.append(again)
            end = lay(part.part, again)
            end.to.append(again)
            (end if least else again).to.append(after)
            return after
        for _ in range(most - least):
            before.to.append(after)
            here = add(Step())
            before.to.append(here)
            before = lay(part.part, here)
        before.to.append(after)
        return after

    first, last = add(Step()), Step()
    lay(part, first).to.append(add(last))
    return Machine(first, last, steps)
