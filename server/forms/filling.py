"""One form being filled: answers, repeats, and what follows from them.

Computing goes by the definition's order: an answer makes the steps that read it due, and each step
that changes something makes others due, until nothing is. Steps normally lie further down the
order; only a read of another repeat instance can point back, so the rounds are few and bounded.
Clock, zone, chance and language are arguments.
"""

from __future__ import annotations

import random as chance
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from . import effects, offers
from .closures import Closure
from .context import Context, Run
from .definition import Text
from .due import Due, is_inside
from .form import Form
from .growth import MAX_INSTANCES, FillingFault, Growth
from .instance import InstanceNode, Scope
from .lexical import normal
from .preloads import preloaded
from .tables import plain
from .tree import TreeNode
from .values import EvaluationFault

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MAX_ROUNDS = 100
# What an expression may raise over answers it was not written for.
UNKNOWN = (EvaluationFault, ArithmeticError, ValueError)
OTHERWISE: dict[str, Any] = {
    "calculate": "",
    "relevant": True,
    "readonly": False,
    "required": False,
}


class Filling(Run):
    """A form with answers: a new one, or one opened from `answers` as they were submitted.

    `presets` fill named questions of the root before anything else. With `answers` nothing is
    preset: no defaults, no first-load actions, and what a person may have typed over or what hangs
    on clock or chance stays as given.
    """

    def __init__(
        self,
        form: Form,
        *,
        now: datetime,
        zone: tzinfo = ZONE,
        random: Callable[[], float] = chance.random,
        language: str = "",
        answers: Mapping[str, Any] | None = None,
        presets: Mapping[str, str] | None = None,
    ) -> None:
        language = language if language in form.languages else form.languages[0]
        super().__init__(now_ms=now.timestamp() * 1000, zone=zone, random=random, language=language)
        self.form = form
        self.is_given = answers is not None
        self.chance = int(random() * 2_147_483_646)
        self.growth = Growth(form, answers)
        self.root = TreeNode("", kind="document")
        self.root.children = [self.growth.top]
        self.due = Due(form)
        self.added: list[InstanceNode] = []
        self.fresh: set[InstanceNode] = set()
        self.watched: dict[InstanceNode, str] = {}
        self.is_open = False
        if not self.is_given:
            self._preset(presets or {})
        self.settle()
        if not self.is_given:
            effects.load(self)
        self.is_open = True

    def answer(self, reference: str, value: str) -> None:
        """Set an answer and compute what follows; text becomes NFC, a non-value empty."""
        node = self.growth.node(reference)
        spec = self.form.nodes[node.at]
        if spec.kind != "value":
            raise FillingFault(f"{reference} takes no answer")
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        value = normal(spec.type, value, self.zone)
        self.put(node, offers.ordered(self, node, value) if spec.type == "select" else value)
        self.settle()

    def add(self, reference: str) -> InstanceNode:
        """Add an instance to the end of a repeat (`/data/member`) and return it."""
        around, _, name = reference.rstrip("/").rpartition("/")
        parent = self.growth.node(around)
        node = self._add(parent, self.growth.repeat(parent, name.partition("[")[0]))
        self.settle()
        return node

    def remove(self, reference: str) -> None:
        """Remove one instance of a repeat (`/data/member[2]`)."""
        node = self.growth.node(reference)
        self.growth.remove(node)
        self.due.all_readers(node.at)
        self.settle()

    def speak(self, language: str) -> None:
        """Switch the language and compute anew what may show it."""
        self.language = language
        for position in self.form.speaking:
            self.due.everywhere(position)
        self.settle()

    def answers(self) -> dict[str, Any]:
        """Return what is to be sent: nothing empty, nothing that is not relevant."""
        return _answers(self.growth.top, self.form)

    def settle(self) -> None:
        """Compute whatever is due, in order, then what choices and actions make due, until nothing
        is. Calculations that chase each other are left as they stand after so many rounds."""
        for _ in range(MAX_ROUNDS):
            self._sweep()
            if self.is_given:
                break
            self._reoffer()
            if self.due.next() < 0 and not effects.act(self):
                break
        self.fresh.clear()

    # What expressions ask of their run.

    def instance(self, name: str) -> list[TreeNode]:
        """Return a secondary instance in the current language."""
        table = self.form.tables.get(name)
        return [table.tree(self.language)] if table else []

    def cells(self, instance: str, column: str, key: str, out: str) -> list[TreeNode]:
        """Return cells of a list by an index."""
        return self.form.tables[instance].cells(column, key, out, self.language)

    def choice_label(self, owner: TreeNode, question: int, value: str) -> str:
        """Return the label of a choice, among those offered to that very question."""
        assert isinstance(owner, InstanceNode)  # noqa: S101 - the compiler binds it to the form
        return offers.label_of(self, owner, question, value)

    def spoken(self, text: Text, context: Context) -> str:
        """Return a text with its outputs, in the current language."""
        return self.say(text, context.origin)

    def say(self, text: Text | None, origin: InstanceNode) -> str:
        """Return a text as it reads at a node: the language chosen, the outputs filled in."""
        said = plain(text, self.language, self.form.languages)
        if isinstance(said, str):
            return said
        return "".join(
            piece
            if isinstance(piece, str)
            else self.attempt(self.form.closure(piece["x"], origin.at, "s"), origin, "")
            for piece in said
        )

    def attempt(self, compute: Closure, node: InstanceNode, otherwise: Any) -> Any:
        """Compute for a node; an expression that fails gives what stands for not knowing."""
        try:
            return compute(Context(node, node, self))
        except UNKNOWN:
            return otherwise

    # Inside.

    def _sweep(self) -> None:
        """Compute what is due, each after what it reads, until nothing is."""
        due, steps = self.due, self.form.steps
        for _ in range(MAX_ROUNDS):
            at = due.next()
            if at < 0:
                return
            while at >= 0:
                self._compute(*steps[at], due.take(at))
                # What a count added is judged itself before others read it.
                at = -1 if steps[at].facet == "count" else due.next(at + 1)
        due.clear()

    def _compute(
        self, at: int, facet: str, compute: Closure, limits: set[Scope] | None = None
    ) -> None:
        """Compute one facet for every instance of its node, or for those inside some scopes."""
        if facet == "count":
            self._count(at, compute, limits)
            return
        if facet == "calculate" and self.is_given and at in self.form.believed:
            return
        for scope in self.growth.scopes.get(self.form.places.home[at], ()):
            if limits is not None and not is_inside(scope, limits):
                continue
            node = scope.nodes[at]
            if facet == "calculate" and not node.relevant:
                continue
            try:
                result = compute(Context(node, node, self))
            except UNKNOWN:
                result = OTHERWISE[facet]
            if facet == "calculate":
                kind = self.form.nodes[at].type
                self.put(node, result if kind is None else normal(kind, result, self.zone))
            elif facet == "relevant":
                if result != node.own_relevant:
                    self._judge(node, result)
            elif facet == "readonly":
                node.readonly = result
            else:
                node.required = result

    def _judge(self, node: InstanceNode, relevant: bool) -> None:
        if self.form.triggers:
            for below in node.below():
                self._watch(below)
        for changed in node.judge(relevant):
            self.due.readers(changed)
            calculation = self.form.calculations.get(changed.at) if relevant else None
            if calculation is not None:
                # Calculations rest while they are not relevant.
                self.due.within(calculation, changed.scope)

    def put(self, node: InstanceNode, value: str) -> None:
        """Set a value and make due what reads it; `settle` computes it."""
        if value != node.value:
            self._watch(node)
            if node.put(value):
                self.due.readers(node)

    def _watch(self, node: InstanceNode) -> None:
        """Remember what a node read before this change, if an action waits for it to change."""
        if self.is_open and node.at in self.form.triggers and node not in self.fresh:
            self.watched.setdefault(node, node.text)

    def _reoffer(self) -> None:
        """Hide picked choices that are no longer offered; they come back when they are again."""
        for at in self.form.choices:
            for node in self.growth.instances(at):
                if node.value:
                    still = offers.still_offered(self, node)
                    if still != node.offered:
                        self._watch(node)
                        if node.offer(still):
                            self.due.readers(node)

    def _count(self, at: int, compute: Closure, limits: set[Scope] | None) -> None:
        """Make a counted repeat as long as its count says."""
        for parent in self.growth.instances(self.form.nodes[at].parent):
            if limits is not None and not is_inside(parent.scope, limits):
                continue
            wanted = self.attempt(compute, parent, 0.0)
            size = int(min(wanted, MAX_INSTANCES)) if wanted > 0 else 0
            instances = parent.scope.ranges[at]
            while len(instances) > size:
                self.growth.remove(instances[-1])
                self.due.all_readers(at)
            while len(instances) < size:
                self._add(parent, at)

    def _add(self, parent: InstanceNode, at: int) -> InstanceNode:
        node = self.growth.add(parent, at)
        self.due.all_readers(at)
        self.due.own(at, node.scope)
        self.added.append(node)
        for below in node.below():
            self.fresh.add(below)
            if below.value:
                below.put(normal(self.form.nodes[below.at].type, below.value, self.zone))
        return node

    def _preset(self, presets: Mapping[str, str]) -> None:
        """Put in defaults as their types write them, preloads and presets."""
        for node in self.growth.top.below():
            spec = self.form.nodes[node.at]
            if spec.preload is not None:
                node.put(preloaded(self, *spec.preload, node.value))
            elif node.value:
                node.put(normal(spec.type, node.value, self.zone))
        for child in self.growth.top.children:
            if child.name in presets:
                child.put(presets[child.name])


def _answers(node: InstanceNode, form: Form) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in node.children:
        kind = form.nodes[child.at].kind
        if kind == "value":
            if child.text:
                found[child.name] = child.text
        elif kind == "repeat":
            if child.relevant:
                found.setdefault(child.name, []).append(_answers(child, form))
        elif child.relevant:
            inner = _answers(child, form)
            if inner:
                found[child.name] = inner
    return found
