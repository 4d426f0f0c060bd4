"""The closures of paths and predicates: steps along axes, filtered one after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .closures import Closure, as_truth
from .context import Context
from .definition import Expr
from .paths import AXES, REVERSED, node_test
from .tree import TreeNode, in_document_order
from .values import boolean, number

if TYPE_CHECKING:
    from server.forms.evaluate import Builder

Step = Callable[[TreeNode, Context], list[TreeNode]]
Keep = Callable[[list[TreeNode], Context], list[TreeNode]]


def is_steady(tree: Expr) -> bool:
    """Tell whether an expression in a predicate gives the same whatever node it is tried on."""
    if not isinstance(tree, list):
        return True
    head, *arguments = tree
    if head in ("path", "filter"):
        return arguments[0] != "." and is_steady(arguments[0])
    if head in ("$", "current"):
        return True
    # Without arguments a function may be about the context node, or about chance.
    return bool(arguments) and head != "text" and all(is_steady(one) for one in arguments)


class StepBuilder:
    """Builds the paths of one Builder, which builds what predicates hold."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder

    def path(self, tree: list[Any]) -> tuple[str, Closure]:
        """Build `["path", start, step…]`."""
        start = self.start(tree[1])
        steps = [self.step(step) for step in tree[2:]]
        single_axes = all(step[0] in ("child", "attribute", "self") for step in tree[2:])

        def walk(c: Context) -> list[TreeNode]:
            found: list[TreeNode] = start(c)
            for step in steps:
                if len(found) == 1:
                    found = step(found[0], c)
                else:
                    found = [node for before in found for node in step(before, c)]
            return found

        if single_axes:
            return "N", walk
        return "N", lambda c: in_document_order(walk(c))

    def start(self, start: Expr) -> Closure:
        """Build where a path begins: the context node, the root, or nodes of an expression."""
        if start == ".":
            return lambda c: [c.node]
        if start == "/":
            return lambda c: [c.run.root if c.run.root is not None else c.node.root()]
        return self.builder.nodes(start)

    def filter(self, tree: list[Any]) -> tuple[str, Closure]:
        """Build `["filter", nodes, predicate…]`."""
        start = self.builder.nodes(tree[1])
        keeps = [self.predicate(predicate) for predicate in tree[2:]]

        def sift(c: Context) -> list[TreeNode]:
            found: list[TreeNode] = start(c)
            for keep in keeps:
                found = keep(found, c)
            return found

        return "N", sift

    def step(self, written: list[Any]) -> Step:
        """Build one step `[axis, test, predicate…]`, for one node it starts from."""
        axis = AXES[written[0]]
        fits = node_test(written[0], written[1])
        keeps = [self.predicate(predicate) for predicate in written[2:]]
        reverse = written[0] in REVERSED

        def take(node: TreeNode, c: Context) -> list[TreeNode]:
            namespaces = c.run.namespaces
            found = [other for other in axis(node) if fits(other, namespaces)]
            for keep in keeps:
                found = keep(found, c)
            return found[::-1] if reverse else found

        return take

    def predicate(self, tree: Expr) -> Keep:
        """Build one predicate: a number picks a place, anything else must be true."""
        if isinstance(tree, int | float):
            at = tree
            return lambda found, _c: (
                [found[int(at) - 1]] if at == int(at) and 0 < at <= len(found) else []
            )
        if isinstance(tree, list) and tree[:2] == ["=", ["position"]] and is_steady(tree[2]):
            return self.picked(tree)
        return self.tried(tree)

    def picked(self, tree: list[Any]) -> Keep:
        """Build `[position() = …]` whose other side is the same for all: computed but once."""
        wanted, each = self.builder.value(tree[2]), self.tried(tree)

        def keep(found: list[TreeNode], c: Context) -> list[TreeNode]:
            if len(found) < 2:
                return each(found, c)
            value = wanted(c)
            if isinstance(value, bool) or (isinstance(value, list) and len(value) > 1):
                return each(found, c)
            at = number(value, c.run.zone)
            is_place = 1 <= at <= len(found) and at == int(at)
            return [found[int(at) - 1]] if is_place else []

        return keep

    def tried(self, tree: Expr) -> Keep:
        """Build a predicate that is tried on each node."""
        built = self.builder.build(tree)
        by_value = built[0] in "nv"
        test = built[1] if by_value else as_truth(built)

        def keep(found: list[TreeNode], c: Context) -> list[TreeNode]:
            kept = []
            size = len(found)
            for place, node in enumerate(found, 1):
                result = test(Context(node, c.origin, c.run, place, size))
                if by_value and isinstance(result, float):
                    result = result == place
                elif by_value:
                    result = boolean(result)
                if result:
                    kept.append(node)
            return kept

        return keep
