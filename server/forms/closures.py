"""Closures and the conversions between what they give.

A closure takes a Context and gives a value whose kind is known beforehand: `s` text, `n` number,
`b` truth, `N` nodes, `1` exactly one node, `L` exactly one node that is a leaf of the form, `v` to
be seen when it is there. Knowing the kind while building leaves no question for the evaluation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from .context import Context
from .values import (
    boolean,
    nodes,
    number,
    number_of_text,
    string,
    text_of_number,
)

Closure: TypeAlias = Callable[[Context], Any]
Built: TypeAlias = tuple[str, Closure]


def as_text(built: Built) -> Closure:
    """Make text of whatever a closure gives."""
    kind, f = built
    if kind == "s":
        return f
    if kind == "L":
        return lambda c: f(c).text
    if kind == "1":
        return lambda c: f(c).string()
    if kind == "n":
        return lambda c: text_of_number(f(c))
    if kind == "b":
        return lambda c: "true" if f(c) else "false"
    return lambda c: string(f(c))


def as_number(built: Built) -> Closure:
    """Make a number of whatever a closure gives."""
    kind, f = built
    if kind == "n":
        return f
    if kind == "L":
        return lambda c: number_of_text(f(c).text, c.run.zone)
    if kind == "1":
        return lambda c: number_of_text(f(c).string(), c.run.zone)
    if kind == "s":
        return lambda c: number_of_text(f(c), c.run.zone)
    return lambda c: number(f(c), c.run.zone)


def as_truth(built: Built) -> Closure:
    """Make a truth value of whatever a closure gives; one node is there, so it is true."""
    kind, f = built
    if kind == "b":
        return f
    if kind == "s":
        return lambda c: f(c) != ""
    if kind in "1L":
        return lambda _c: True
    return lambda c: boolean(f(c))


def as_nodes(built: Built) -> Closure:
    """Make a list of nodes of whatever a closure gives, or fail when evaluated."""
    kind, f = built
    if kind == "N":
        return f
    if kind in "1L":
        return lambda c: [f(c)]
    return lambda c: nodes(f(c))


def as_value(built: Built) -> Closure:
    """Leave the value as it is; one node becomes a list of one."""
    kind, f = built
    return (lambda c: [f(c)]) if kind in "1L" else f


CONVERSIONS: dict[str, Callable[[Built], Closure]] = {
    "s": as_text,
    "n": as_number,
    "b": as_truth,
    "N": as_nodes,
    "v": as_value,
}
