"""The primary instance as definition nodes, before any bind is read.

Repeats are known from the body (`<repeat nodeset>`) and from `jr:template`. Several instances of a
repeat in the document become one node: the template, or the first instance, gives defaults and
structure; what the others hold is kept as `initial`.
"""

from __future__ import annotations

import re
from typing import Any

from .body_paths import paths_of, steps_of
from .definition import Node
from .findings import Findings
from .tree import TreeNode
from .xform import XForm, elements

MAX_NODES = 20_000
# An absolute path to an attribute, wherever it stands in an expression.
ATTRIBUTE = re.compile(r"((?:/[\w.:-]+)+)/@([\w.:-]+)")


class Skeleton:
    """The nodes in document order and the way from paths to them."""

    def __init__(self, xform: XForm, findings: Findings) -> None:
        self.findings = findings
        self.nodes: list[Node] = []
        self.children: list[dict[str, int]] = []
        self.repeats = paths_of(xform.body, "repeat")
        self.groups = paths_of(xform.body, "group")
        self.attributes = _attributes(xform)
        self._add(xform.root, -1, "/" + xform.root.name, [xform.root])

    def find(self, path: str, context: int = 0) -> int | None:
        """Return the node a plain path names, absolute or from a context node."""
        at: int | None = context
        for place, step in enumerate(steps_of(path)):
            if at is None:
                return None
            if place == 0 and path.startswith("/"):
                at = 0 if _same_name(step, self.nodes[0].name) else None
            elif step == "..":
                at = self.nodes[at].parent if self.nodes[at].parent >= 0 else None
            elif step != ".":
                at = self.child(at, step)
        return at

    def child(self, parent: int, name: str) -> int | None:
        """Return the child of a name; a prefix that differs is forgiven when nothing else fits."""
        named = self.children[parent]
        if name in named:
            return named[name]
        if name.startswith("@"):
            around = self.nodes[parent].parent
            beside = f"{self.nodes[parent].name}{name}"
            return self.children[around].get(beside) if around >= 0 else None
        return next((i for other, i in named.items() if _same_name(name, other)), None)

    def _add(self, element: TreeNode, parent: int, path: str, instances: list[TreeNode]) -> None:
        at = len(self.nodes)
        if at >= MAX_NODES:
            self.findings.error("form-too-large", path, detail=f"more than {MAX_NODES} nodes")
            self.findings.stop_if_errors()
        parts = list(elements(element))
        is_repeat = parent >= 0 and (path in self.repeats or _is_template(element))
        grouped = bool(parts) or path in self.groups or element.local() in ("meta", "entity")
        kind = "root" if parent < 0 else "repeat" if is_repeat else "group" if grouped else "value"
        node = Node(name=element.name, parent=parent, kind=kind)
        if kind == "value" and element.string():
            node.value = element.string()
        self.nodes.append(node)
        self.children.append({})
        self._add_attributes(element, at, path)
        named: dict[str, list[TreeNode]] = {}
        for part in parts:
            named.setdefault(part.name, []).append(part)
        for name, same in named.items():
            below = f"{path}/{name}"
            if len(same) > 1 and below not in self.repeats and not any(map(_is_template, same)):
                self.findings.warning("name-repeated", below, name=name)
            template = next(filter(_is_template, same), same[0])
            self.children[at][name] = len(self.nodes)
            self._add(template, at, below, same)
        if is_repeat:
            node.initial = self._initial(at, [one for one in instances if not _is_template(one)])

    def _add_attributes(self, element: TreeNode, at: int, path: str) -> None:
        """Make nodes of the attributes that the form binds, sets or reads.

        `@name` inside a group or repeat; beside a question, which holds nothing, `question@name`.
        """
        node = self.nodes[at]
        is_entity = element.local() == "entity" and "/meta/" in path
        around, before = (node.parent, node.name) if node.kind == "value" else (at, "")
        for attribute in element.attributes:
            name = f"@{attribute.local()}"
            if is_entity or f"{path}/{name}" in self.attributes:
                value = attribute.text or None
                self.children[around][before + name] = len(self.nodes)
                self.nodes.append(
                    Node(name=before + name, parent=around, kind="value", value=value)
                )
                self.children.append({})

    def _initial(self, at: int, instances: list[TreeNode]) -> list[dict[str, Any]] | None:
        """Return what each first instance has other than the template; None for one plain one."""
        found = [self._answers(at, instance) for instance in instances]
        return None if found == [{}] else found

    def _answers(self, at: int, element: TreeNode) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for name, child in self.children[at].items():
            same = list(elements(element, name.rpartition(":")[2]))
            node = self.nodes[child]
            if node.kind == "repeat":
                rows = [self._answers(child, one) for one in same if not _is_template(one)]
                if rows != [{}] or node.initial is not None:
                    answers[name] = rows
            elif node.kind == "value" and same and same[0].string() != (node.value or ""):
                answers[name] = same[0].string()
            elif node.kind == "group" and same:
                inner = self._answers(child, same[0])
                if inner:
                    answers[name] = inner
        return answers


def _attributes(xform: XForm) -> set[str]:
    """Return the paths of attributes that binds and actions mention anywhere."""
    found: set[str] = set()
    for element in (*xform.binds, *xform.actions):
        for written in element.attributes:
            for owner, name in ATTRIBUTE.findall(written.text):
                found.add(f"{owner}/@{name.rpartition(':')[2]}")
    return found


def _same_name(one: str, other: str) -> bool:
    return one.rpartition(":")[2] == other.rpartition(":")[2]


def _is_template(element: TreeNode) -> bool:
    return any(attribute.local() == "template" for attribute in element.attributes)
