"""Paths into lists that an index answers: `instance(x)/root/item[column = key]/out`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .definition import Expr

if TYPE_CHECKING:
    from server.forms.resolve import Binding

CONTEXTUAL = frozenset((".", "position", "last", "path"))


def as_lookup(binding: Binding, path: list[Any]) -> Expr:
    """Return the lookup that a bound path into a list amounts to, or the path itself.

    Columns of a table are checked on the way. The key must be text: comparing with a number would
    compare numbers, which an index of texts cannot.
    """
    name = path[1][1] if isinstance(path[1], list) and len(path[1]) > 1 else None
    instance = binding.resolver.instances.get(name) if isinstance(name, str) else None
    if instance is None or instance.columns is None or len(path) < 4:
        return path
    root, item, *rest = path[2:]
    if root[:2] != ["child", "root"] or item[:2] != ["child", "item"] or len(rest) > 1:
        return path
    if rest and (rest[0][0] != "child" or len(rest[0]) > 2 or rest[0][1] == "*"):
        return path
    if rest:
        binding.check_columns(str(name), rest[0][1])
    if len(item) != 3 or not rest or len(root) > 2:
        return path
    pair = equality(binding, item[2])
    if pair is None:
        return path
    column, key = pair
    return ["lookup", name, column, key, rest[0][1]]


def equality(binding: Binding, predicate: Expr) -> tuple[str, Expr] | None:
    """Return (column, key) of `column = key` where the key is one text known without the item."""
    if not isinstance(predicate, list) or predicate[0] != "=":
        return None
    for one, other in ((predicate[1], predicate[2]), (predicate[2], predicate[1])):
        column = column_of(one)
        if column and not depends_on_item(other) and binding.kind(other) in "sL":
            return column, other
    return None


def column_of(tree: Expr) -> str | None:
    """Return the column that a path inside a predicate reads, if it is just one step."""
    if isinstance(tree, list) and tree[:2] == ["path", "."] and len(tree) == 3:
        step = tree[2]
        if step[0] == "child" and len(step) == 2 and step[1] != "*" and "(" not in step[1]:
            return str(step[1])
    return None


def depends_on_item(tree: Expr) -> bool:
    """Tell whether a bound tree looks at the item that a predicate tests."""
    if not isinstance(tree, list):
        return False
    if tree[0] == "path" and tree[1] != ".":
        # Predicates further in look at nodes of their own; only the start can be the item.
        return depends_on_item(tree[1])
    return tree[0] in CONTEXTUAL or any(map(depends_on_item, tree[1:]))
