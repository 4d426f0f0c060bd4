"""The parts of an XForm document, found by local name whatever the prefixes.

Nothing is interpreted here: the compiler gets elements and their attributes. Works for the output
of pyxform and for XForm XML written by other tools, with the body before or after the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import documents
from .findings import Findings
from .tree import TreeNode

ACTIONS = frozenset(("setvalue", "setgeopoint", "recordaudio"))


@dataclass(slots=True)
class XForm:
    """The parts: `translations` maps a language name to its texts by id, the default first."""

    title: str
    root: TreeNode
    binds: list[TreeNode]
    instances: dict[str, TreeNode]
    translations: dict[str, dict[str, TreeNode]]
    body: TreeNode | None
    submission: TreeNode | None = None
    actions: list[TreeNode] = field(default_factory=list)


def read(content: str | bytes, findings: Findings) -> XForm:
    """Return the parts of an XForm, or raise FormFault when it is none."""
    try:
        document = documents.read(content)
    except documents.DocumentFault as fault:
        findings.error("form-unreadable", f"line {fault.line}", detail=fault.message)
        findings.stop_if_errors()
        raise
    model = _first(document, "model")
    instances = list(elements(model, "instance")) if model else []
    root = next(elements(instances[0]), None) if instances else None
    if model is None or root is None:
        findings.error("form-unreadable", "model", detail="no model with a primary instance")
        findings.stop_if_errors()
        raise AssertionError
    title = _first(document, "title")
    body = _first(document, "body")
    return XForm(
        title=title.string().strip() if title else "",
        root=root,
        binds=list(elements(model, "bind")),
        instances={
            name: instance
            for instance in instances[1:]
            if (name := instance.attribute("id")) is not None
        },
        translations=_translations(model),
        body=body,
        submission=next(elements(model, "submission"), None),
        actions=[
            node
            for part in (model, body)
            if part is not None
            for node in part.descendants()
            if node.local() in ACTIONS
        ],
    )


def elements(node: TreeNode, local: str | None = None) -> Iterator[TreeNode]:
    """Give the element children, all or those of a local name."""
    for child in node.children:
        if child.kind == "element" and (local is None or child.local() == local):
            yield child


def _first(document: TreeNode, local: str) -> TreeNode | None:
    for node in document.descendants():
        if node.kind == "element" and node.local() == local:
            return node
    return None


def _translations(model: TreeNode) -> dict[str, dict[str, TreeNode]]:
    itext = next(elements(model, "itext"), None)
    if itext is None:
        return {}
    found = list(elements(itext, "translation"))
    found.sort(key=lambda node: node.attribute("default") is None)
    return {
        node.attribute("lang") or "": {
            text.attribute("id") or "": text for text in elements(node, "text")
        }
        for node in found
    }
