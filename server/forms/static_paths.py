"""Paths followed through the definition: which nodes they can reach, and their shortest form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import list_paths
from .definition import Expr
from .lookups import as_lookup

if TYPE_CHECKING:
    from server.forms.resolve import Binding

# Written by authors for "no value": a path that leads nowhere, as much as any other name.
NULL = ["child", "null"]
PLAIN = ("child", "parent", "self")


def bind(binding: Binding, tree: list[Any], context: frozenset[int] | None, inside: bool) -> Expr:
    """Bind a path, by where it starts."""
    start, steps = tree[1], tree[2:]
    if start == "/":
        return absolute(binding, steps)
    if start == ".":
        if context is None:
            return ["path", ".", *list_paths.bind_steps(binding, steps, binding.spot)]
        if inside:
            return inner(binding, steps, context)
        return relative(binding, steps, binding.base)
    if start == ["current"]:
        return relative(binding, steps, binding.base)
    bound = binding.bind(start, context, inside)
    reached = targets(binding, bound)
    if reached is None:
        spot = list_paths.reached(binding, bound)
        return as_lookup(binding, ["path", bound, *list_paths.bind_steps(binding, steps, spot)])
    path = ["path", bound, *bind_steps(binding, steps, reached)]
    for node in walk(binding, steps, reached):
        note_reads(binding, node, elsewhere=True)
    return path


def absolute(binding: Binding, steps: list[Any]) -> Expr:
    """Bind a path from the root; inside a repeat it means the instance one stands in."""
    if steps[:2] == [["child", "model"], ["child", "instance", 1]]:
        steps = steps[2:]
    if not steps:
        return ["path", ["$", 0], ["parent", "node()"]]
    first = steps[0]
    root = binding.places.nodes[0].name
    if first[0] == "child" and first[1] not in (root, "*"):
        _unknown(binding, "/" + str(first[1]))
        return ["path", "/", *steps]
    if first[0] != "child" or len(first) > 2:
        return deep(binding, steps)
    return shorten(binding, steps[1:], 0, None)


def deep(binding: Binding, steps: list[Any]) -> Expr:
    """Bind `//name` and the like: start at the root's own level."""
    if steps[0][0] == "descendant-or-self":
        everything = frozenset(range(len(binding.places.nodes)))
        for node in walk(binding, steps[1:], everything):
            note_reads(binding, node, elsewhere=True)
        rest = bind_steps(binding, steps, everything)
        return ["path", "/", *rest]
    return ["path", "/", *bind_steps(binding, steps, frozenset((0,)))]


def relative(binding: Binding, steps: list[Any], base: int) -> Expr:
    """Bind a path from the question itself; `null`, where that is no question, is nothing."""
    if steps == [NULL] and plain_step(binding, base, NULL) is None:
        detail = "it names no question, so it reads as empty"
        binding.resolver.findings.warning("part-ignored", binding.place, name="null", detail=detail)
        return ""
    return shorten(binding, steps, base, base)


def inner(binding: Binding, steps: list[Any], context: frozenset[int]) -> Expr:
    """Bind a path from the node a predicate tests; it stays a path."""
    for node in walk(binding, steps, context):
        note_reads(binding, node, elsewhere=True)
    return ["path", ".", *bind_steps(binding, steps, context)]


def shorten(binding: Binding, steps: list[Any], start: int, top: int | None) -> Expr:
    """Follow plain steps; give `$` if they are all plain, else a path from the last plain node.

    `top` is the highest node a relative path has reached, None for an absolute one.
    """
    places = binding.places
    at = start
    for place, step in enumerate(steps):
        following = plain_step(binding, at, step)
        if following is None:
            if len(step) == 2 and step[0] == "child" and _is_name(step[1]):
                _unknown(binding, step[1])
                return ["path", ".", *steps]
            origin_node = reference(binding, at, top, own=top is None)
            rest = steps[place:]
            reached = walk(binding, rest, frozenset((at,)))
            for node in reached:
                note_reads(binding, node, elsewhere=True)
            return ["path", origin_node, *bind_steps(binding, rest, frozenset((at,)))]
        at = following
        if top is not None and step[0] == "parent":
            top = at if at in places.ancestors(top) else top
    note_reads(binding, at)
    return reference(binding, at, top)


def plain_step(binding: Binding, at: int, step: list[Any]) -> int | None:
    """Follow one plain step, or None when it is not plain or leads nowhere."""
    axis, test = step[0], step[1]
    if len(step) == 2 and axis == "attribute":
        return binding.resolver.child(at, f"@{test.rpartition(':')[2]}")
    if len(step) > 2 or axis not in PLAIN:
        return None
    if axis == "child":
        return binding.resolver.child(at, test)
    if test != "node()":
        return None
    if axis == "self":
        return at
    parent = binding.places.nodes[at].parent
    return parent if parent >= 0 else None


def reference(binding: Binding, target: int, top: int | None = None, own: bool = False) -> Expr:
    """Return the `$` of a target; `own` asks for the very repeat instance one stands in."""
    places = binding.places
    shared = places.shared_scope(binding.origin, target)
    if own and places.nodes[target].kind == "repeat" and target in places.scopes(binding.origin):
        return ["$", target, target]
    if top is None:
        return ["$", target]
    scope = places.home[top]
    return ["$", target] if scope == shared else ["$", target, scope]


def note_reads(binding: Binding, target: int, elsewhere: bool = False) -> None:
    """Remember that a node is read; `elsewhere`, perhaps only in another instance of a repeat."""
    mine = set(binding.places.scopes(binding.origin)) - {0}
    shared_repeat = mine & set(binding.places.scopes(target))
    is_own = target == binding.origin
    if elsewhere and (shared_repeat or is_own):
        binding.soft.add(target)
    else:
        binding.reads.add(target)


def plain(binding: Binding, tree: Expr, context: frozenset[int] | None) -> int | None:
    """Return the one node that a plain path names, or None."""
    if tree == ["."]:
        return binding.base
    if not isinstance(tree, list) or tree[0] != "path":
        return None
    start, steps = tree[1], tree[2:]
    if context is None and start == ".":
        return None
    at = binding.base
    if start == "/":
        if not steps or steps[0] != ["child", binding.places.nodes[0].name]:
            return None
        at, steps = 0, steps[1:]
    elif start not in (".", ["current"]):
        return None
    for step in steps:
        following = plain_step(binding, at, step)
        if following is None:
            return None
        at = following
    return at


def targets(binding: Binding, bound: Expr) -> frozenset[int] | None:
    """Return the definition nodes that a bound tree may give, None if they are a list's."""
    if not isinstance(bound, list):
        return None
    if bound[0] == "$":
        return frozenset((bound[1],))
    if bound[0] in ("filter", "randomize"):
        return targets(binding, bound[1])
    if bound[0] in ("current", "."):
        return frozenset((binding.base,))
    if bound[0] == "path":
        start = targets(binding, bound[1])
        return walk(binding, bound[2:], start) if start is not None else None
    return None


def walk(binding: Binding, steps: list[Any], start: frozenset[int]) -> frozenset[int]:
    """Return all definition nodes that steps may reach, whatever their predicates say."""
    places = binding.places
    at = set(start)
    for step in steps:
        axis, test = step[0], step[1]
        found: set[int] = set()
        for node in at:
            parent = places.nodes[node].parent
            if axis == "child":
                found.update(places.children[node])
            elif axis == "self":
                found.add(node)
            elif axis == "parent":
                found.update({parent} - {-1})
            elif axis in ("descendant", "descendant-or-self"):
                found.update(places.below(node)[axis == "descendant" :])
            elif axis in ("ancestor", "ancestor-or-self"):
                found.update(places.ancestors(node))
                found.update({node} if axis == "ancestor-or-self" else ())
            elif axis in ("following-sibling", "preceding-sibling") and parent >= 0:
                found.update(places.children[parent])
            elif axis in ("following", "preceding"):
                found.update(range(len(places.nodes)))
        named = _is_name(test)
        at = {node for node in found if not named or places.nodes[node].name == test}
    return frozenset(at)


def bind_steps(binding: Binding, steps: list[Any], context: frozenset[int]) -> list[list[Any]]:
    """Bind the predicates of steps, each in the context of what its step reaches."""
    bound: list[list[Any]] = []
    for step in steps:
        before, context = context, walk(binding, [step], context)
        if before and not context and step[0] == "child" and _is_name(step[1]):
            _unknown(binding, step[1])
        predicates = [binding.bind(predicate, context, True) for predicate in step[2:]]
        bound.append([step[0], step[1], *predicates])
    return bound


def check_children(binding: Binding, rows: frozenset[int], names: list[str]) -> None:
    """Note names that no child of these nodes has."""
    places = binding.places
    known = {places.nodes[child].name for row in rows for child in places.children[row]}
    for name in names:
        if name not in known:
            _unknown(binding, name)


def _is_name(test: str) -> bool:
    return "(" not in test and test != "*"


def _unknown(binding: Binding, name: str) -> None:
    binding.error("node-unknown", name=name)
