"""XForm XML to the definition that both engines run.

The steps stand in `compile_form` in the order they depend on each other. All faults of a form are
gathered and raised together; a form either compiles whole or not at all. The same document always
gives the same bytes, and so the same digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from . import lists, media, order, xform
from .binds import Binds, take_types
from .body import Body
from .body_paths import control_path, joined
from .definition import Action, Definition, Element, Params, digest_of, encode
from .findings import Finding, Findings
from .itemsets import Itemsets
from .resolve import Resolver
from .skeleton import Skeleton
from .texts import Texts
from .tree import TreeNode
from .xform import ACTIONS, XForm, elements

EVENTS = {
    "odk-instance-first-load",
    "odk-instance-load",
    "odk-new-repeat",
    "xforms-value-changed",
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form ready to publish: the definition, its bytes and digest, its resources by digest
    (name of the file and bytes), what the author should know, and pictures and sounds by digest."""

    definition: Definition
    content: bytes
    digest: str
    resources: dict[str, tuple[str, bytes]]
    warnings: list[Finding]
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)


def compile_form(
    content: str | bytes,
    attachments: Mapping[str, bytes] | None = None,
    findings: Findings | None = None,
) -> Compiled:
    """Compile XForm XML; `attachments` are the files its lists name. Raises FormFault."""
    findings = findings or Findings()
    document = xform.read(content, findings)
    texts = Texts(document.translations, findings)
    skeleton = Skeleton(document, findings)
    resolver = Resolver(skeleton, {}, findings, texts.spoken, {})
    texts.resolver = resolver
    found = lists.read(document, attachments or {}, texts, findings)
    resolver.instances, resolver.renamed = found.tables, found.renamed
    binds = Binds(skeleton, resolver, texts, findings)
    binds.read(document)
    itemsets = Itemsets(resolver, texts, findings)
    body = Body(skeleton, texts, itemsets, findings)
    shown = body.read(document.body, "", 0) if document.body else []
    take_types(shown, skeleton.nodes)
    _take_params(shown, binds.params)
    line, feeds = order.arrange(binds.entries, resolver.places, findings)
    actions = _actions(document, skeleton, resolver, findings)
    names, files = media.gather(shown, found.tables, resolver.places, attachments or {}, findings)
    findings.stop_if_errors()
    definition = Definition(
        id=document.root.attribute("id") or document.root.uri or document.root.name,
        version=document.root.attribute("version") or "",
        title=document.title,
        languages=texts.languages,
        nodes=skeleton.nodes,
        body=shown,
        instances=found.written,
        order=line,
        feeds=feeds,
        actions=actions,
        media=names,
    )
    encoded = encode(definition)
    return Compiled(definition, encoded, digest_of(encoded), found.files, findings.found, files)


def _take_params(body: list[Element], params: dict[int, Params]) -> None:
    """Give elements the parameters that their bind carries."""
    for element in body:
        if element.node in params:
            element.params = {**(element.params or {}), **params[element.node]}
        _take_params(element.items or [], params)


def _actions(
    document: XForm, skeleton: Skeleton, resolver: Resolver, findings: Findings
) -> list[Action]:
    """Return the `setvalue`s, in the model and inside controls."""
    found = []
    for element, context in _written_actions(document):
        path = joined(element.attribute("ref") or "", context or "/")
        place = f"{path} {element.local()}"
        if element.local() != "setvalue":
            findings.warning("part-ignored", place, name=element.local(), detail="not supported")
            continue
        target = skeleton.find(path)
        if target is None:
            findings.error("node-unknown", place, name=path, expression=path)
            continue
        action = _action(element, context, target, place, skeleton, resolver, findings)
        if action is not None:
            found.append(action)
    return found


def _action(
    element: TreeNode,
    context: str,
    target: int,
    place: str,
    skeleton: Skeleton,
    resolver: Resolver,
    findings: Findings,
) -> Action | None:
    events = (element.attribute("event") or "").replace("xforms-ready", "odk-instance-first-load")
    on = [event for event in events.split() if event in EVENTS]
    for event in set(events.split()) - EVENTS:
        findings.warning("part-ignored", place, name=event, detail="this event is not supported")
    written = element.attribute("value")
    bound = resolver.resolve(written, place, target) if written and written.strip() else None
    if not on or (bound is None and written and written.strip()):
        return None
    around = skeleton.find(context) if context else None
    action = Action(on=on, set=target, value=bound.tree if bound else element.string())
    if "xforms-value-changed" in on:
        action.of = around
    if "odk-new-repeat" in on and around is not None:
        action.in_ = resolver.places.home[around]
    return action


def _written_actions(document: XForm) -> Iterator[tuple[TreeNode, str]]:
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
