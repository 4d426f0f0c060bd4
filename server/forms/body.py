"""The body of an XForm: controls, groups and repeats in the order they are shown."""

from __future__ import annotations

from . import served
from .body_paths import control_path
from .definition import Element, Params
from .findings import Findings
from .itemsets import Itemsets, media
from .skeleton import Skeleton
from .texts import Texts
from .tree import TreeNode
from .xform import ACTIONS, elements

CONTROLS = {
    "input": "input",
    "select1": "select1",
    "select": "select",
    "rank": "rank",
    "range": "range",
    "upload": "upload",
    "trigger": "trigger",
    "secret": "secret",
    "group": "group",
    "repeat": "repeat",
}
PARTS = frozenset(("label", "hint", "help", "alert", "item", "itemset")) | ACTIONS
STRUCTURE = frozenset(
    "ref nodeset bind appearance mediatype class count noAddRemove incremental id".split()
)
SELECTS = frozenset(("select1", "select", "rank"))


class Body:
    """Reads elements; also notes on the nodes what only the body says (types, repeat counts)."""

    def __init__(
        self, skeleton: Skeleton, texts: Texts, itemsets: Itemsets, findings: Findings
    ) -> None:
        self.skeleton = skeleton
        self.texts = texts
        self.itemsets = itemsets
        self.findings = findings

    def read(self, parent: TreeNode, context: str, around: int) -> list[Element]:
        """Return the elements inside a body element; `around` is the node it stands for."""
        found = []
        for control in elements(parent):
            local = control.local()
            path = control_path(control, context)
            if local in PARTS:
                continue
            if local not in CONTROLS:
                self.findings.warning("control-unsupported", path, name=local)
                continue
            element = self.element(control, CONTROLS[local], path, context, around)
            if element is not None:
                found.append(element)
        return found

    def element(
        self, control: TreeNode, kind: str, path: str, context: str, around: int
    ) -> Element | None:
        """Return one element with everything in it."""
        refers = path != context or kind == "repeat" or control.attribute("ref") is not None
        node = self.skeleton.find(path) if refers else None
        if refers and node is None:
            self.findings.error("node-unknown", path, name=path, expression=path)
            return None
        here = around if node is None else node
        said = self.texts.of(next(elements(control, "label"), None), f"{path} label", here)
        hint = self.texts.of(next(elements(control, "hint"), None), f"{path} hint", here)
        appearance = (control.attribute("appearance") or "").split()
        element = Element(
            as_=kind,
            node=node,
            label=said.pop("label", None),
            hint=hint.get("label"),
            guidance=hint.get("guidance") or said.pop("guidance", None),
            media=media(said),
            appearance=appearance or None,
            mediatype=control.attribute("mediatype"),
            params=_params(control),
        )
        if kind == "range" and any(
            part.local() in ("item", "itemset") for part in elements(control)
        ):
            self.findings.warning("part-plain", f"{path} parameters", name="tick_labelset")
        for column, name in served.unserved(element):
            self.findings.warning("part-plain", f"{path} {column}", name=name)
        if kind in SELECTS:
            element.choices = self.itemsets.of(control, path, here)
        if kind in ("group", "repeat"):
            element.items = self.read(control, path, here)
            if kind == "group" and node is not None:
                return _with_its_repeat(element)
        return element


def _params(control: TreeNode) -> Params | None:
    """Return the other attributes of a control, numbers as numbers."""
    found: Params = {}
    for attribute in control.attributes:
        if attribute.local() not in STRUCTURE:
            found[attribute.local()] = parameter(attribute.text)
    return found or None


def parameter(text: str) -> str | int | float | bool:
    """Return an attribute's text as the number or truth value it writes."""
    if text in ("true", "true()", "false", "false()"):
        return text.startswith("true")
    try:
        return int(text)
    except ValueError:
        pass
    try:
        value = float(text)
    except ValueError:
        return text
    return value if value == value and abs(value) != float("inf") else text


def _with_its_repeat(group: Element) -> Element:
    """Make one element of a group that only carries the label of the repeat inside it."""
    inner = group.items or []
    if len(inner) != 1 or inner[0].as_ != "repeat" or inner[0].node != group.node:
        return group
    repeat = inner[0]
    repeat.label = repeat.label or group.label
    repeat.hint = repeat.hint or group.hint
    repeat.guidance = repeat.guidance or group.guidance
    repeat.media = repeat.media or group.media
    repeat.appearance = repeat.appearance or group.appearance
    return repeat
