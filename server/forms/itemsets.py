"""The choices of a select: written in the control, or an itemset over a list or the form itself."""

from __future__ import annotations

import re
from typing import Any

from . import grammar, list_paths, static_paths
from .definition import Choice, Choices, Expr
from .findings import Findings
from .lookups import equality
from .resolve import ROWS, Binding, Resolver, part_of
from .texts import Texts
from .tree import TreeNode
from .xform import elements

# A value or label that is one plain part of what is chosen.
NAME = re.compile(r"@?[^\W\d][\w.-]*")


class Itemsets:
    """Reads the choices of controls."""

    def __init__(self, resolver: Resolver, texts: Texts, findings: Findings) -> None:
        self.resolver = resolver
        self.texts = texts
        self.findings = findings

    def of(self, control: TreeNode, place: str, node: int) -> Choices | None:
        """Return the choices of a control, or None when it has none that can be read."""
        itemset = next(elements(control, "itemset"), None)
        if itemset is not None:
            return self.itemset(itemset, f"{place} choices", node)
        items = []
        for item in elements(control, "item"):
            said = self.texts.of(next(elements(item, "label"), None), place, node)
            value = next(elements(item, "value"), None)
            text = value.string().strip() if value else ""
            label = said.pop("label", text)
            items.append(Choice(value=text, label=label, media=media(said)))
        return Choices(items=items)

    def itemset(self, itemset: TreeNode, place: str, node: int) -> Choices | None:
        """Return the choices an itemset describes."""
        written = itemset.attribute("nodeset") or ""
        try:
            tree = grammar.parse(written)
        except grammar.ExpressionFault as fault:
            self.findings.error(
                "expression-malformed", place, expression=written, detail=str(fault)
            )
            return None
        binding = Binding(self.resolver, written, place, node, node)
        choices = Choices(value=_ref(itemset, "value"), label=_label(itemset))
        if isinstance(tree, list) and tree[0] == "randomize":
            seed = tree[2] if len(tree) > 2 else True
            choices.randomize = seed if seed is True else binding.bind(seed, _own(node), False)
            tree = tree[1]
        list_path = _list_path(tree)
        instance = self.resolver.instances.get(list_path[0]) if list_path else None
        if list_path and instance is None:
            self.findings.error("instance-unknown", place, name=list_path[0])
            return None
        if list_path and instance and instance.columns is not None:
            name, predicates = list_path
            choices.label = self.label_column(name, choices.label)
            if binding.check_columns(name, str(choices.value), str(choices.label)):
                choices.media = _media_columns(instance.columns)
                if self.sift(binding, name, predicates, choices):
                    choices.instance = name
                    return choices
        choices.where = choices.filter = None
        binding.spot = None
        choices.source = source = binding.bind(tree, _own(node), False)
        self.check_parts(binding, choices, source)
        return choices

    def check_parts(self, binding: Binding, choices: Choices, source: Expr) -> None:
        """Note where value or label are no part of what is chosen from."""
        names = [name for name in (choices.value, choices.label) if name and NAME.fullmatch(name)]
        spot = list_paths.reached(binding, source)
        for name in names:
            list_paths.follow(binding, spot, *part_of(name))
        rows = static_paths.targets(binding, source)
        if rows:
            static_paths.check_children(binding, rows, names)

    def label_column(self, name: str, label: str | None) -> str | None:
        """Return the column of labels, which the text ids of a list have become."""
        return self.resolver.renamed.get(name, label) if label == "itextId" else label

    def sift(self, binding: Binding, name: str, predicates: list[Expr], choices: Choices) -> bool:
        """Divide conditions into those an index answers and a filter for the rest.

        False when a condition counts places, which only a path can do.
        """
        where: list[tuple[str, Expr]] = []
        rest: list[Expr] = []
        binding.spot = list_paths.reached(binding, ["path", ["instance", name], *ROWS])
        for predicate in predicates:
            bound = binding.bind(predicate, None, True)
            if binding.kind(bound) in "nv" or _counts_places(bound):
                return False
            parts = bound[1:] if isinstance(bound, list) and bound[0] == "and" else [bound]
            for part in parts:
                pair = equality(binding, part)
                if pair is not None:
                    where.append(pair)
                else:
                    rest.append(part)
        choices.where = where or None
        if rest:
            choices.filter = rest[0] if len(rest) == 1 else ["and", *rest]
        return True


def media(said: dict[str, Any]) -> dict[str, Any] | None:
    """Return the pictures and sounds among the forms of a text."""
    found = {kind: text for kind, text in said.items() if kind != "guidance"}
    return found or None


def _own(node: int) -> frozenset[int]:
    return frozenset((node,))


def _ref(itemset: TreeNode, local: str) -> str | None:
    element = next(elements(itemset, local), None)
    return (element.attribute("ref") or "").strip() if element else None


def _label(itemset: TreeNode) -> str | None:
    written = _ref(itemset, "label") or _ref(itemset, "value")
    if written and written.startswith("jr:itext("):
        return written[len("jr:itext(") : -1].strip()
    return written


def _list_path(tree: Expr) -> tuple[str, list[Expr]] | None:
    """Return the name and conditions of `instance(name)/root/item[…]`."""
    if not isinstance(tree, list) or tree[0] != "path" or len(tree) != 4:
        return None
    start, root, item = tree[1:]
    is_list = isinstance(start, list) and start[0] == "instance" and isinstance(start[1], str)
    if is_list and root == ["child", "root"] and item[:2] == ["child", "item"]:
        return start[1], item[2:]
    return None


def _media_columns(columns: list[str]) -> dict[str, str] | None:
    kinds = {"image": "image", "big-image": "bigImage", "audio": "audio", "video": "video"}
    return {kinds[name]: name for name in columns if name in kinds} or None


def _counts_places(tree: Expr) -> bool:
    if not isinstance(tree, list):
        return False
    if tree[0] in ("position", "last") and len(tree) == 1:
        return True
    return any(map(_counts_places, tree[1:]))
