"""Steps of a path over any tree: axes and node tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from .tree import TreeNode

NodeTest = Callable[[TreeNode, Mapping[str, str]], bool]


def _siblings(node: TreeNode) -> Sequence[TreeNode]:
    return node.parent.children if node.parent and node.kind != "attribute" else ()


def _place(node: TreeNode, siblings: Sequence[TreeNode]) -> int:
    return next((i for i, other in enumerate(siblings) if other is node), -1)


def _ancestors(node: TreeNode) -> list[TreeNode]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def _after(node: TreeNode) -> Sequence[TreeNode]:
    siblings = _siblings(node)
    return siblings[_place(node, siblings) + 1 :]


def _before(node: TreeNode) -> Sequence[TreeNode]:
    siblings = _siblings(node)
    return siblings[: _place(node, siblings)][::-1] if siblings else ()


def _following(node: TreeNode) -> Iterable[TreeNode]:
    for above in [node, *_ancestors(node)]:
        for sibling in _after(above):
            yield sibling
            yield from sibling.descendants()


def _preceding(node: TreeNode) -> Iterable[TreeNode]:
    for above in [node, *_ancestors(node)]:
        for sibling in _before(above):
            yield from reversed(list(sibling.descendants()))
            yield sibling


AXES: dict[str, Callable[[TreeNode], Iterable[TreeNode]]] = {
    "child": lambda node: node.children,
    "parent": lambda node: (node.parent,) if node.parent else (),
    "self": lambda node: (node,),
    "attribute": lambda node: node.attributes,
    "descendant": lambda node: node.descendants(),
    "descendant-or-self": lambda node: (node, *node.descendants()),
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: (node, *_ancestors(node)),
    "following-sibling": _after,
    "preceding-sibling": _before,
    "following": _following,
    "preceding": _preceding,
    "namespace": lambda _node: (),
}
REVERSED = frozenset(("ancestor", "ancestor-or-self", "preceding", "preceding-sibling", "parent"))


def node_test(axis: str, test: str) -> NodeTest:
    """Return the test of a step: by name, by kind, or anything of the axis's own kind."""
    principal = "attribute" if axis == "attribute" else "element"
    if test == "node()":
        return lambda _node, _namespaces: True
    if test.endswith("()"):
        kind = test[:-2]
        return lambda node, _namespaces: node.kind == kind
    if test == "*":
        return lambda node, _namespaces: node.kind == principal
    prefix, _, local = test.rpartition(":")
    if prefix:
        return _prefixed(principal, prefix, local)
    return lambda node, _namespaces: node.name == test and node.kind == principal


def _prefixed(principal: str, prefix: str, local: str) -> NodeTest:
    """Test a name with a prefix: by namespace where the prefix is bound, else as written."""

    def fits(node: TreeNode, namespaces: Mapping[str, str]) -> bool:
        if node.kind != principal:
            return False
        uri = namespaces.get(prefix)
        if uri is None:
            return node.name.startswith(prefix + ":") and local in ("*", node.local())
        return node.uri == uri and local in ("*", node.local())

    return fits
