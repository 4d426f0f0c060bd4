"""The table of expression functions, from the four files that implement them.

Some names are no functions of values but forms of their own, because they choose which argument to
compute or look at nodes rather than values: SPECIAL lists them, `evaluate.py` builds them.
"""

from __future__ import annotations

from . import date_functions, node_functions, number_functions, text_functions
from .function import Function

FUNCTIONS: dict[str, Function] = {
    **text_functions.FUNCTIONS,
    **number_functions.FUNCTIONS,
    **date_functions.FUNCTIONS,
    **node_functions.FUNCTIONS,
}

# Name → least and greatest number of arguments.
SPECIAL: dict[str, tuple[int, int | None]] = {
    "if": (3, 3),
    "coalesce": (2, 2),
    "once": (1, 1),
    "current": (0, 0),
    "instance": (1, 1),
    "position": (0, 1),
    "last": (0, 0),
    "true": (0, 0),
    "false": (0, 0),
    "randomize": (1, 2),
    "jr:choice-name": (2, 2),
    "jr:itext": (1, 1),
    "indexed-repeat": (3, 7),
    "pulldata": (4, 4),
}
VOLATILE = frozenset(name for name, made in FUNCTIONS.items() if made.volatile) | {"randomize"}


def arity(name: str) -> tuple[int, int | None] | None:
    """Return how few and how many arguments a function takes, or None if there is no such one."""
    if name in SPECIAL:
        return SPECIAL[name]
    function = FUNCTIONS.get(name)
    return function.arity() if function else None
