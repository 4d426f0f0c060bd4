"""The actions of an XForm: `setvalue` and `odk:setgeopoint`, in the model and inside controls.

A reference may pick instances by predicates; then the nodes are found when the event happens.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import static_paths
from .body_paths import control_path, joined
from .definition import Action, Expr
from .findings import Findings
from .resolve import Binding, Resolver
from .skeleton import Skeleton
from .tree import TreeNode
from .xform import ACTIONS, XForm, elements

EVENTS = {
    "odk-instance-first-load",
    "odk-instance-load",
    "odk-new-repeat",
    "xforms-value-changed",
}


def read(
    document: XForm, skeleton: Skeleton, resolver: Resolver, findings: Findings
) -> list[Action]:
    """Return the actions in the order of the document."""
    reader = Reader(skeleton, resolver, findings)
    made = [reader.action(element, around) for element, around in _written(document)]
    return [action for action in made if action is not None]


class Reader:
    """Reads the actions of one form."""

    def __init__(self, skeleton: Skeleton, resolver: Resolver, findings: Findings) -> None:
        self.skeleton = skeleton
        self.resolver = resolver
        self.findings = findings

    def action(self, element: TreeNode, context: str) -> Action | None:
        """Return one action; `context` is the path of the control it stands in, empty in the model.

        None where it does nothing, or after noting why it cannot.
        """
        written = element.attribute("ref") or ""
        place = f"{written or context or '/'} {element.local()}"
        if element.local() == "recordaudio":
            detail = "the phone records no sound in the background"
            self.findings.warning("part-ignored", place, name=element.local(), detail=detail)
            return None
        around = self.skeleton.find(context) if context else None
        target, to = self.target(written, context, around, place)
        events = self.events(element, place)
        if target is None or not events:
            return None
        value = self.value(element, target, place) if element.local() == "setvalue" else ""
        if value is None:
            return None
        action = Action(on=events, set=target, value=value, to=to)
        if element.local() == "setgeopoint":
            action.ask = "geopoint"
        if "xforms-value-changed" in events:
            action.of = around
        if "odk-new-repeat" in events and around is not None:
            action.in_ = self.resolver.places.home[around]
        return action

    def target(
        self, written: str, context: str, around: int | None, place: str
    ) -> tuple[int | None, Expr | None]:
        """Return the node a reference names, and the expression that picks among its instances."""
        path = joined(written, context or "/")
        found = self.skeleton.find(path)
        if found is not None:
            return found, None
        if "[" not in written:
            self.findings.error("node-unknown", place, name=path, expression=path)
            return None, None
        bound = self.resolver.resolve(written, place, around or 0)
        if bound is None:
            return None, None
        binding = Binding(self.resolver, written, place, around or 0, around or 0)
        reached = static_paths.targets(binding, bound.tree) or frozenset()
        if len(reached) != 1:
            self.findings.error("node-unknown", place, name=written, expression=written)
            return None, None
        return next(iter(reached)), bound.tree

    def value(self, element: TreeNode, target: int, place: str) -> Expr | None:
        """Return what is to be set: an expression or the text of the element."""
        written = element.attribute("value")
        if not (written and written.strip()):
            return element.string()
        bound = self.resolver.resolve(written, place, target)
        return bound.tree if bound else None

    def events(self, element: TreeNode, place: str) -> list[str]:
        """Return the events that matter; remark the others."""
        written = (element.attribute("event") or "").replace(
            "xforms-ready", "odk-instance-first-load"
        )
        events = written.split()
        for event in sorted(set(events) - EVENTS):
            detail = "this event is not supported"
            self.findings.warning("part-ignored", place, name=event, detail=detail)
        return [event for event in events if event in EVENTS]


def _written(document: XForm) -> Iterator[tuple[TreeNode, str]]:
    """Give each action with the path of the control it stands in (empty in the model)."""
    inside: dict[int, str] = {}
    _note_contexts(document.body, "", inside)
    for element in document.actions:
        yield element, inside.get(id(element), "")


def _note_contexts(part: TreeNode | None, context: str, inside: dict[int, str]) -> None:
    for control in elements(part) if part else ():
        if control.local() in ACTIONS:
            inside[id(control)] = context
        else:
            _note_contexts(control, control_path(control, context), inside)
