"""Paths into lists, followed through what a list holds: a name that no row has is a fault.

A table has its columns below `root/item`, any other list the names of its own elements. What a path
may reach otherwise (by an unusual axis, through a function) is not followed: there nothing is
known, and nothing refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from .definition import Expr, Instance

if TYPE_CHECKING:
    from server.forms.resolve import Binding

# Names of elements, and of attributes with `@` before, with the names in them.
Parts: TypeAlias = Mapping[str, Any]
# What a cell of a table holds: nothing that has a name. (Empty means that it is not known.)
CELL: Parts = {"–": {}}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a list: the list's name, what stands below, the place above (none at its top)."""

    instance: str
    parts: Parts
    above: Spot | None = None


def top(binding: Binding, name: object) -> Spot | None:
    """Return the place that `instance(name)` is, or None for an unknown or an empty list."""
    found = binding.resolver.instances.get(name) if isinstance(name, str) else None
    return Spot(str(name), binding.resolver.parts_of(str(name))) if found else None


def parts_of(instance: Instance) -> Parts:
    """Return the names that a list holds."""
    if instance.columns is not None:
        return {"root": {"item": dict.fromkeys(instance.columns, CELL)}}
    if not instance.tree:
        return {}
    found: dict[str, Any] = {}
    _gather(instance.tree, found)
    return found


def bind_steps(binding: Binding, steps: list[Any], spot: Spot | None) -> list[list[Any]]:
    """Bind the predicates of steps, each at the place its step reaches; note unknown names."""
    bound: list[list[Any]] = []
    for step in steps:
        axis, test, *predicates = _renamed(binding, step, spot)
        spot = follow(binding, spot, axis, test)
        before, binding.spot = binding.spot, spot
        bound.append([axis, test, *[binding.bind(one, None, True) for one in predicates]])
        binding.spot = before
    return bound


def follow(binding: Binding, spot: Spot | None, axis: str, test: str) -> Spot | None:
    """Return the place a step reaches, or None when that cannot be told or is noted as a fault."""
    if spot is None:
        return None
    if test == "node()" and axis in ("self", "parent"):
        return spot if axis == "self" else spot.above
    if test == "node()" and axis == "descendant-or-self":
        everything: dict[str, Any] = {}
        _flatten(spot.parts, everything)
        return Spot(spot.instance, everything)
    if axis not in ("child", "attribute") or "(" in test or ":" in test or test == "*":
        return None
    name = f"@{test}" if axis == "attribute" else test
    if name in spot.parts:
        return Spot(spot.instance, spot.parts[name], spot)
    if spot.parts:
        columns = ", ".join(spot.parts)
        binding.error("column-unknown", instance=spot.instance, name=name, columns=columns)
    return None


def reached(binding: Binding, bound: Expr) -> Spot | None:
    """Return the place in a list whose nodes a bound tree gives, or None."""
    if not isinstance(bound, list):
        return None
    if bound[0] == "instance":
        return top(binding, bound[1])
    if bound[0] in ("filter", "randomize"):
        return reached(binding, bound[1])
    if bound[0] == "path":
        spot = reached(binding, bound[1])
        for step in bound[2:]:
            spot = follow(binding, spot, step[0], step[1])
        return spot
    return None


def _renamed(binding: Binding, step: list[Any], spot: Spot | None) -> list[Any]:
    """Read the label column where a path reads the text ids of a list."""
    label = binding.resolver.renamed.get(spot.instance) if spot else None
    return ["child", label, *step[2:]] if label and step[:2] == ["child", "itextId"] else step


def _gather(tree: list[Any], into: dict[str, Any]) -> None:
    """Add a tree's names to those that its siblings have already given."""
    name, attributes, inside = tree
    found = into.setdefault(name, {})
    for attribute in attributes or ():
        found.setdefault(f"@{attribute}", {})
    for part in inside if isinstance(inside, list) else ():
        _gather(part, found)


def _flatten(parts: Parts, into: dict[str, Any]) -> None:
    """Add all names below, whatever their depth, each with all that stands in any of its name."""
    for name, inside in parts.items():
        into[name] = {**into.get(name, {}), **inside}
        _flatten(inside, into)
