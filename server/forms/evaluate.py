"""Expression tree to value, in two steps: build once, evaluate often.

`Builder` turns a tree into a closure over a `Context`. Building settles everything that does not
depend on answers: which function, which conversions, how to reach a node. Each closure carries the
kind of what it gives: `s` text, `n` number, `b` truth, `N` nodes, `1` exactly one node, `L` exactly
one node that is a leaf of the form, `v` to be seen when it is there.

Unknown names fail when they are evaluated, not when they are built: publishing has refused them
already, and XPath lets `false() and nonsense()` pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from . import operators
from .chance import seeded, shuffled
from .closures import (
    CONVERSIONS,
    Built,
    Closure,
    as_nodes,
    as_number,
    as_text,
    as_truth,
    as_value,
)
from .context import Context
from .definition import Expr
from .function import Function
from .functions import FUNCTIONS, arity
from .places import Places
from .steps import StepBuilder
from .tree import TreeNode, in_document_order
from .values import EvaluationFault

# Kinds that give one value, whatever the answers.
SINGLE = frozenset("snbL1")


class Builder:
    """Builds the closures of one origin: the definition node whose bind is computed, or none."""

    def __init__(self, places: Places | None = None, origin: int = 0) -> None:
        self.places = places
        self.origin = origin
        self.steps = StepBuilder(self)

    # What callers want to get out of a tree.

    def text(self, tree: Expr) -> Closure:
        """Build a closure that gives text."""
        return as_text(self.build(tree))

    def number(self, tree: Expr) -> Closure:
        """Build a closure that gives a number."""
        return as_number(self.build(tree))

    def truth(self, tree: Expr) -> Closure:
        """Build a closure that gives a truth value."""
        return as_truth(self.build(tree))

    def nodes(self, tree: Expr) -> Closure:
        """Build a closure that gives a list of nodes."""
        return as_nodes(self.build(tree))

    def value(self, tree: Expr) -> Closure:
        """Build a closure that gives the value as it is."""
        return as_value(self.build(tree))

    def wanted(self, kind: str, tree: Expr) -> Closure:
        """Build a closure that gives the kind a function takes."""
        return CONVERSIONS[kind](self.build(tree))

    # The kinds of trees.

    def build(self, tree: Expr) -> Built:
        """Build a tree into its kind and its closure."""
        if isinstance(tree, str):
            return "s", lambda _c: tree
        if isinstance(tree, int | float):
            constant = float(tree)
            return "n", lambda _c: constant
        head, count = tree[0], len(tree) - 1
        allowed = arity(head)
        if allowed is not None and not _allows(allowed, count):
            return "v", _failing(f"{head}: wrong number of arguments")
        maker = HEADS.get(head)
        if maker is not None:
            return maker(self, tree)
        function = FUNCTIONS.get(head)
        if function is not None:
            return self.call(function, tree[1:])
        return "v", _failing(f"unknown function {head!r}")

    def call(self, function: Function, arguments: list[Expr]) -> Built:
        """Build the call of a function from the table."""
        if not arguments and function.about_context:
            arguments = [["."]]
        f, joined = function.call, function.of_texts
        if joined is not None:
            built = [self.build(part) for part in arguments]
            if all(kind in SINGLE for kind, _ in built):
                said = [as_text(one) for one in built]
                return function.gives, lambda c: joined([part(c) for part in said])
        parts = [self.wanted(function.kind(i), part) for i, part in enumerate(arguments)]
        if function.asks:
            return function.gives, lambda c: f(c, *[part(c) for part in parts])
        if len(parts) == 1:
            (a,) = parts
            return function.gives, lambda c: f(a(c))
        if len(parts) == 2:
            a, b = parts
            return function.gives, lambda c: f(a(c), b(c))
        return function.gives, lambda c: f(*[part(c) for part in parts])

    def union(self, tree: list[Any]) -> Built:
        """Build `|`."""
        a, b = self.nodes(tree[1]), self.nodes(tree[2])
        return "N", lambda c: in_document_order(a(c) + b(c))

    def reference(self, tree: list[Any]) -> Built:
        """Build `["$", t]` and `["$", t, s]`: a node of the form, by its place in the scope."""
        if self.places is None:
            return "v", _failing("no form around this expression")
        target = tree[1]
        climb, into, _ = self.places.reach(self.origin, target, *tree[2:])
        if into:
            return "N", _through(climb, into, target)
        leaf = "L" if self.places.nodes[target].kind == "value" else "1"
        if climb == 0:
            return leaf, lambda c: c.origin.scope.nodes[target]
        if climb == 1:
            return leaf, lambda c: c.origin.scope.outer.nodes[target]

        def far(c: Context) -> TreeNode:
            scope = c.origin.scope
            for _ in range(climb):
                scope = scope.outer
            node: TreeNode = scope.nodes[target]
            return node

        return leaf, far

    def conditional(self, tree: list[Any]) -> Built:
        """Build `if`: only the branch taken is computed."""
        test = self.truth(tree[1])
        one, two = self.build(tree[2]), self.build(tree[3])
        a, b = as_value(one), as_value(two)
        kinds = {"N" if kind in "1L" else kind for kind in (one[0], two[0])}
        # A node is not its text: as a condition it is true when it is there.
        kind = kinds.pop() if len(kinds) == 1 else "v"
        return kind, lambda c: a(c) if test(c) else b(c)

    def coalesce(self, tree: list[Any]) -> Built:
        """Build `coalesce`: the second only where the first is empty or no number."""
        one, two = self.text(tree[1]), self.text(tree[2])

        def first(c: Context) -> str:
            text: str = one(c)
            return two(c) if text in ("", "NaN") else text

        return "s", first

    def once(self, tree: list[Any]) -> Built:
        """Build `once`: the value stays when there is one."""
        a = self.text(tree[1])
        return "s", lambda c: c.origin.text or a(c)

    def position(self, tree: list[Any]) -> Built:
        """Build `position()` and `position(node)`, the latter among its namesakes."""
        if len(tree) == 1:
            return "n", lambda c: float(c.position)
        a = self.nodes(tree[1])

        def place(c: Context) -> float:
            found = a(c)
            if len(found) > 1:
                raise EvaluationFault("position needs one node")
            return float(found[0].place()) if found else float("nan")

        return "n", place

    def lookup(self, tree: list[Any]) -> Built:
        """Build `["lookup", instance, column, key, out]`: cells by an index on a column."""
        _, name, column, _, out = tree
        key = self.text(tree[3])
        return "N", lambda c: c.run.cells(name, column, key(c), out)

    def randomized(self, tree: list[Any]) -> Built:
        """Build `randomize(nodes, seed?)`."""
        a = self.nodes(tree[1])
        if len(tree) == 2:
            return "N", lambda c: shuffled(a(c), c.run.random)
        seed = self.value(tree[2])
        return "N", lambda c: shuffled(a(c), seeded(seed(c), c.run.zone))

    def choice_name(self, tree: list[Any]) -> Built:
        """Build `jr:choice-name(value, ["$", t])`: the label of a choice of that question."""
        if not isinstance(tree[2], list) or tree[2][0] != "$":
            return "v", _failing("jr:choice-name: the second argument must name a question")
        a, target = self.text(tree[1]), tree[2][1]
        owner = self.nodes(tree[2])

        def label(c: Context) -> str:
            found = owner(c)
            return c.run.choice_label(found[0], target, a(c)) if found else ""

        return "s", label

    def written(self, tree: list[Any]) -> Built:
        """Build `["text", Text]`: the text in the language of the run."""
        return "s", lambda c: c.run.spoken(tree[1], c)

    def instance(self, tree: list[Any]) -> Built:
        """Build `instance(name)`."""
        a = self.text(tree[1])
        return "N", lambda c: c.run.instance(a(c))

    def itext(self, tree: list[Any]) -> Built:
        """Build `jr:itext(id)` where the texts are only known while running."""
        a = self.text(tree[1])
        return "N", lambda c: c.run.itext(a(c))


def _allows(allowed: tuple[int, int | None], count: int) -> bool:
    return allowed[0] <= count and (allowed[1] is None or count <= allowed[1])


def _through(climb: int, into: tuple[int, ...], target: int) -> Closure:
    """Gather the nodes of a target through one or more repeats."""

    def gather(c: Context) -> list[TreeNode]:
        scope = c.origin.scope
        for _ in range(climb):
            scope = scope.outer
        scopes = [scope]
        for repeat in into:
            scopes = [one.scope for outer in scopes for one in outer.ranges[repeat]]
        return [one.nodes[target] for one in scopes]

    return gather


def _failing(message: str) -> Closure:
    def fail(_context: Context) -> NoReturn:
        raise EvaluationFault(message)

    return fail


HEADS: dict[str, Callable[[Builder, list[Any]], Built]] = {
    **operators.HEADS,
    "|": Builder.union,
    "$": Builder.reference,
    ".": lambda _builder, _tree: ("1", lambda c: c.node),
    "current": lambda _builder, _tree: ("1", lambda c: c.origin),
    "true": lambda _builder, _tree: ("b", lambda _c: True),
    "false": lambda _builder, _tree: ("b", lambda _c: False),
    "last": lambda _builder, _tree: ("n", lambda c: float(c.size)),
    "if": Builder.conditional,
    "coalesce": Builder.coalesce,
    "once": Builder.once,
    "position": Builder.position,
    "lookup": Builder.lookup,
    "randomize": Builder.randomized,
    "jr:choice-name": Builder.choice_name,
    "jr:itext": Builder.itext,
    "instance": Builder.instance,
    "text": Builder.written,
    "path": lambda builder, tree: builder.steps.path(tree),
    "filter": lambda builder, tree: builder.steps.filter(tree),
}
