"""The binds of an XForm: type, calculation, relevance and the rest, onto the nodes they name."""

from __future__ import annotations

from collections.abc import Iterator

from .body import parameter
from .body_paths import control_path, joined
from .definition import Element, Node, Params
from .findings import Findings
from .order import Entry
from .resolve import Resolved, Resolver
from .skeleton import Skeleton
from .texts import Texts
from .tree import TreeNode
from .xform import XForm, elements

TYPES = {
    "string": None,
    "text": None,
    "int": "int",
    "integer": "int",
    "long": "int",
    "decimal": "decimal",
    "double": "decimal",
    "float": "decimal",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "datetime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "binary": "binary",
    "base64Binary": "binary",
    "anyURI": "binary",
    "barcode": "barcode",
    "select": "select",
    "select1": "select1",
    "rank": "rank",
    "list": None,
    "listItem": None,
    "intent": None,
    "xml-external": None,
}
# A facet that says this is the same as no facet at all.
NOTHING = {
    "relevant": ["true"],
    "readonly": ["false"],
    "required": ["false"],
    "constraint": ["true"],
}
COMPUTED = ("relevant", "calculate", "readonly", "required")


class Binds:
    """Writes binds, repeat counts and control types onto the nodes; gathers what to order."""

    def __init__(
        self, skeleton: Skeleton, resolver: Resolver, texts: Texts, findings: Findings
    ) -> None:
        self.skeleton = skeleton
        self.resolver = resolver
        self.texts = texts
        self.findings = findings
        self.entries: list[Entry] = []
        self.params: dict[int, Params] = {}

    def read(self, xform: XForm) -> None:
        """Read all binds, then the counts that the body gives to repeats."""
        for bind in xform.binds:
            path = joined(bind.attribute("nodeset") or bind.attribute("ref") or "", "")
            at = self.skeleton.find(path)
            if at is None:
                self.findings.error("node-unknown", path, name=path, expression=path)
            else:
                self.bind(bind, at, path)
        for path, control in _repeats(xform.body, ""):
            self.count(control, path)

    def bind(self, bind: TreeNode, at: int, path: str) -> None:
        """Write one bind onto its node."""
        node = self.skeleton.nodes[at]
        written = (bind.attribute("type") or "string").strip()
        local = written.rpartition(":")[2]
        if local not in TYPES:
            self.findings.warning("type-unknown", path, name=written)
        node.type = TYPES.get(local)
        if node.type == "binary" and path.endswith("/meta/audit"):
            detail = "the phone keeps no log of how a form is filled"
            self.findings.warning("part-ignored", path, name="audit", detail=detail)
        for attribute in bind.attributes:
            name, text = attribute.local(), attribute.text
            if name in (*COMPUTED, "constraint") and ":" not in attribute.name and text.strip():
                self.facet(node, at, name, text, path)
            elif name == "constraintMsg":
                node.constraint_message = self.texts.message(text, f"{path} constraintMsg", at)
            elif name == "requiredMsg":
                node.required_message = self.texts.message(text, f"{path} requiredMsg", at)
            elif name == "preload":
                node.preload = (text, bind.attribute("preloadParams") or "")
                self.remark_preload(*node.preload, path)
            elif name == "saveto":
                node.save_to = text
            elif name in ("max-pixels", "quality"):
                self.params.setdefault(at, {})[name] = parameter(text)

    def remark_preload(self, kind: str, parameter: str, path: str) -> None:
        """Tell the author what the phone does not tell about itself and its owner."""
        if kind not in ("uid", "timestamp", "date"):
            detail = "the phone does not tell it, so it stays empty"
            self.findings.warning("part-ignored", path, name=parameter or kind, detail=detail)

    def facet(self, node: Node, at: int, name: str, text: str, path: str) -> None:
        """Bind one expression and remember that it is to be computed."""
        bound = self.resolver.resolve(text, f"{path} {name}", at)
        if bound is None or bound.tree == NOTHING.get(name):
            return
        setattr(node, name, bound.tree)
        if name != "constraint":
            self.enter(at, name, bound)

    def enter(self, at: int, facet: str, bound: Resolved) -> None:
        """Remember a facet for the order of computing."""
        reads, soft = frozenset(bound.reads), frozenset(bound.soft)
        self.entries.append(Entry(at, facet, bound.tree, reads, soft))

    def count(self, control: TreeNode, path: str) -> None:
        """Write what the body says of a repeat: its count, and whether it may change."""
        at = self.skeleton.find(path)
        if at is None:
            return
        node = self.skeleton.nodes[at]
        attributes = {attribute.local(): attribute.text for attribute in control.attributes}
        if attributes.get("noAddRemove", "").strip() in ("true()", "true"):
            node.fixed = True
        if attributes.get("count", "").strip():
            bound = self.resolver.resolve(attributes["count"], f"{path} count", node.parent, at)
            if bound is not None:
                node.count = bound.tree
                self.enter(at, "count", bound)


def take_types(body: list[Element], nodes: list[Node]) -> None:
    """Give nodes the type their control implies, and make notes of inputs that ask nothing."""
    for element in body:
        if element.node is not None:
            node = nodes[element.node]
            if element.as_ in ("select1", "select", "rank"):
                node.type = element.as_
            elif element.as_ == "upload":
                node.type = "binary"
            elif (
                element.as_ == "input"
                and node.readonly == ["true"]
                and node.calculate is None
                and node.value is None
                and node.type is None
            ):
                element.as_ = "note"
        take_types(element.items or [], nodes)


def _repeats(part: TreeNode | None, context: str) -> Iterator[tuple[str, TreeNode]]:
    for control in elements(part) if part else ():
        path = control_path(control, context)
        if control.local() == "repeat":
            yield path, control
        yield from _repeats(control, path)
