"""Expressions over any XML document, as the expression grader asks for them."""

from __future__ import annotations

import math
import random
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.forms import documents
from server.forms.context import Context, Run
from server.forms.definition import Expr
from server.forms.evaluate import Builder
from server.forms.grammar import parse
from server.forms.moments import Moment
from server.forms.tree import TreeNode
from server.forms.values import boolean, number, string


class DocumentRun(Run):
    """A run whose instances and texts are elements of the document itself."""

    def instance(self, name: str) -> list[TreeNode]:
        """Return the `instance` element with this id."""
        return [
            node
            for node in self._all()
            if node.local() == "instance" and node.attribute("id") == name
        ]

    def itext(self, name: str) -> list[TreeNode]:
        """Return the plain value of a text in the language of the run, else the default one."""
        translations = [node for node in self._all() if node.local() == "translation"]
        chosen = [node for node in translations if node.attribute("lang") == self.language]
        default = [node for node in translations if node.attribute("default") is not None]
        for translation in [*chosen, *default, *translations][:1]:
            for text in translation.children:
                if text.local() == "text" and text.attribute("id") == name:
                    return [
                        value
                        for value in text.children
                        if value.local() == "value" and value.attribute("form") is None
                    ]
        return []

    def _all(self) -> list[TreeNode]:
        return list(self.root.root().descendants()) if self.root else []


def evaluate(message: dict[str, Any]) -> dict[str, Any]:
    """Evaluate an expression at a node and return its result in the grader's shape."""
    # What the graders call a document may be an HTML page, whose document type is no matter here.
    written = re.sub(r"<!DOCTYPE[^>\[]*>", "<!---->", message.get("doc") or "<root/>")
    document = documents.read(written)
    root = at(document, message.get("root") or "/")
    node = at(document, message.get("context") or "/")
    now = message.get("now")
    moment = datetime.fromisoformat(now) if now else datetime.now(UTC)
    run = DocumentRun(
        now_ms=moment.timestamp() * 1000,
        zone=ZoneInfo(message.get("tz") or "UTC"),
        random=random.random,
        language=message.get("lang") or "",
        root=root,
        namespaces=message.get("ns") or {},
    )
    context = Context(node, node, run)
    tree = rewritten(parse(message["expression"]))
    value = Builder().value(tree)(context)
    wanted = message.get("result", "any")
    if wanted == "string":
        return {"type": "string", "value": string(value)}
    if wanted == "number":
        return {"type": "number", "value": shown(number(value, run.zone))}
    if wanted == "boolean":
        return {"type": "boolean", "value": boolean(value)}
    if isinstance(value, list):
        return {"type": "nodes", "value": [path_of(one) for one in value]}
    if isinstance(value, bool):
        return {"type": "boolean", "value": value}
    if isinstance(value, str | Moment):
        return {"type": "string", "value": string(value)}
    return {"type": "number", "value": shown(float(value))}


def rewritten(tree: Expr) -> Expr:
    """Turn `indexed-repeat` into a path with places, as the compiler does for forms.

    Without a form, the repeats are known by their names.
    """
    if not isinstance(tree, list):
        return tree
    tree = [tree[0], *map(rewritten, tree[1:])]
    if tree[0] != "indexed-repeat":
        return tree
    target = tree[1]
    places = dict(zip([path[-1][1] for path in tree[2::2]], tree[3::2], strict=True))
    steps = [
        [*step, ["=", ["position"], from_origin(places[step[1]])]] if step[1] in places else step
        for step in target[2:]
    ]
    return [target[0], target[1], *steps]


def from_origin(tree: Expr) -> Expr:
    """Make relative paths start at the origin where an index moves into a predicate."""
    if not isinstance(tree, list):
        return tree
    if tree == ["."]:
        return ["current"]
    if tree[:2] == ["path", "."]:
        return ["path", ["current"], *tree[2:]]
    return [tree[0], *map(from_origin, tree[1:])]


def shown(value: float) -> float | str:
    """Return a number as JSON can carry it."""
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def at(document: TreeNode, path: str) -> TreeNode:
    """Return the node that child indexes name."""
    node = document
    for step in path.strip("/").split("/") if path.strip("/") else []:
        index, _, attribute = step.partition("@")
        if index:
            node = node.children[int(index)]
        if attribute:
            uri, _, local = attribute.lstrip("{").partition("}")
            node = next(a for a in node.attributes if a.local() == local and a.uri == uri)
    return node


def path_of(node: TreeNode) -> str:
    """Return the child indexes of a node."""
    if node.parent is None:
        return "/"
    around = path_of(node.parent)
    if node.kind == "attribute":
        return f"{around}@{{{node.uri}}}{node.local()}"
    index = next(i for i, child in enumerate(node.parent.children) if child is node)
    return f"{around.rstrip('/')}/{index}"
