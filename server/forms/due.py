"""What is to be computed again, and for which repeat instances.

A change makes the facets due that read it: where all instances could read it, everywhere, else only
inside the repeat instance that holds both, so that an answer in one instance leaves what was typed
over a calculation in another as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .instance import InstanceNode, Scope

if TYPE_CHECKING:
    from .form import Form


class Due:
    """The facets due, by their position in the definition's order."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.flags = bytearray(form.first_due)
        # Where a facet is due in some instances only, the scopes that hold those.
        self.limits: dict[int, set[Scope]] = {}

    def next(self, after: int = 0) -> int:
        """Return the first position due from one on, -1 when there is none."""
        return self.flags.find(1, after)

    def take(self, position: int) -> set[Scope] | None:
        """Strike a position off; return the scopes it was due in, None for all."""
        self.flags[position] = 0
        return self.limits.pop(position, None) if self.limits else None

    def clear(self) -> None:
        """Leave everything as it stands."""
        self.flags = bytearray(len(self.flags))
        self.limits.clear()

    def everywhere(self, position: int) -> None:
        """Make a facet due in all instances."""
        self.flags[position] = 1
        if self.limits:
            self.limits.pop(position, None)

    def within(self, position: int, scope: Scope) -> None:
        """Make a facet due in one scope and all inside it."""
        if not self.flags[position]:
            self.flags[position] = 1
            self.limits[position] = {scope}
        elif position in self.limits:
            self.limits[position].add(scope)

    def readers(self, node: InstanceNode) -> None:
        """Make what reads a node due, in the repeat instance they share."""
        for position, shared in self.form.readers[node.at]:
            scope = node.scope.around(shared) if shared else None
            if scope is None:
                self.everywhere(position)
            else:
                self.within(position, scope)

    def all_readers(self, repeat: int) -> None:
        """Make due, everywhere, what reads a repeat or across its instances.

        What reads only within one instance has nothing new to read.
        """
        places = self.form.places
        for at in places.below(repeat):
            for position, shared in self.form.readers[at]:
                if at == repeat or not shared or repeat not in places.scopes(shared):
                    self.everywhere(position)

    def own(self, repeat: int, scope: Scope) -> None:
        """Make the facets of a new repeat instance, and of all inside it, due."""
        for at in self.form.places.below(repeat):
            for position in self.form.steps_of[at]:
                self.within(position, scope)


def is_inside(scope: Scope, limits: set[Scope]) -> bool:
    """Tell whether a scope is one of these or lies in one."""
    around: Scope | None = scope
    while around is not None:
        if around in limits:
            return True
        around = around.outer
    return False
