"""One form being filled: answers, repeats, and what follows from them.

Computing goes by the definition's order: an answer makes the steps that read it due, and each step
that changes something makes others due, until nothing is. Steps normally lie further down the
order; only a read of another repeat instance can point back, so the rounds are few and bounded.
Clock, zone, chance and language are arguments.
"""

from __future__ import annotations

import random as chance
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from server.forms import offers
from server.forms.context import Context, Run
from server.forms.definition import Text
from server.forms.form import Form
from server.forms.growth import MAX_INSTANCES, FillingFault, Growth
from server.forms.instance import InstanceNode
from server.forms.lexical import normal
from server.forms.preloads import preloaded
from server.forms.tables import plain
from server.forms.tree import TreeNode

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MAX_ROUNDS = 100


class Filling(Run):
    """A form with answers: a new one, or one opened from `answers` as they were submitted.

    `presets` fill named questions of the root before anything else. With `answers` nothing is
    preset: no defaults, no first-load actions, and results of clock or chance stay as given.
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
        self.growth = Growth(form, answers)
        self.root = TreeNode("", kind="document")
        self.root.children = [self.growth.top]
        self.due = bytearray(b"\1" * len(form.steps))
        if not self.is_given:
            self._preset(presets or {})
        self.settle()
        if not self.is_given:
            for event in ("odk-instance-load", "odk-instance-first-load"):
                self._happen(event, self.growth.top)
            self.settle()

    def answer(self, reference: str, value: str) -> None:
        """Set an answer and compute what follows."""
        node = self.growth.node(reference)
        spec = self.form.nodes[node.at]
        if spec.kind != "value":
            raise FillingFault(f"{reference} takes no answer")
        self._put(node, normal(spec.type, value))
        self.settle()

    def add(self, reference: str) -> InstanceNode:
        """Add an instance to the end of a repeat (`/data/member`) and return it."""
        around, _, name = reference.rstrip("/").rpartition("/")
        parent = self.growth.node(around)
        at = self.growth.repeat(parent, name.partition("[")[0])
        node = self._add(parent, at)
        self.settle()
        return node

    def remove(self, reference: str) -> None:
        """Remove one instance of a repeat (`/data/member[2]`)."""
        node = self.growth.node(reference)
        self.growth.remove(node)
        self._stir(node.at)
        self.settle()

    def speak(self, language: str) -> None:
        """Switch the language and compute anew what may show it."""
        self.language = language
        self.due = bytearray(b"\1" * len(self.form.steps))
        self.settle()

    def settle(self) -> None:
        """Compute whatever is due, in order, until nothing is."""
        due, steps = self.due, self.form.steps
        for _ in range(MAX_ROUNDS):
            at = due.find(1)
            if at < 0:
                return
            while at >= 0:
                due[at] = 0
                self._compute(*steps[at])
                at = due.find(1, at + 1)
        raise FillingFault("the calculations of this form never come to rest")

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
        context = Context(origin, origin, self)
        return "".join(
            piece
            if isinstance(piece, str)
            else self.form.closure(piece["x"], origin.at, "s")(context)
            for piece in said
        )

    # Inside.

    def _compute(self, at: int, facet: str, compute: Callable[[Context], Any]) -> None:
        """Compute one facet for every instance of its node."""
        if facet == "count":
            self._count(at, compute)
            return
        if facet == "calculate" and self.is_given and at in self.form.volatile:
            return
        top = self.growth.top
        context = Context(top, top, self)
        for scope in self.growth.scopes.get(self.form.places.home[at], ()):
            node = scope.nodes[at]
            context.node = context.origin = node
            result = compute(context)
            if facet == "calculate":
                self._put(node, normal(self.form.nodes[at].type, result))
            elif facet == "relevant":
                if result != node.own_relevant:
                    for changed in node.judge(result):
                        self._wake(changed)
            elif facet == "readonly":
                node.readonly = result
            else:
                node.required = result

    def _put(self, node: InstanceNode, value: str) -> None:
        before = node.value
        if node.put(value):
            self._wake(node.at)
        if node.at in self.form.triggers and node.value != before:
            self._happen("xforms-value-changed", node)

    def _wake(self, at: int) -> None:
        """Make the steps due that read a node."""
        for step in self.form.feeds[at]:
            self.due[step] = 1

    def _stir(self, repeat: int) -> None:
        """Make everything due that an instance come or gone may concern."""
        for at in self.form.places.below(repeat):
            self._wake(at)
            for step in self.form.steps_of[at]:
                self.due[step] = 1

    def _count(self, at: int, compute: Callable[[Context], Any]) -> None:
        """Make a counted repeat as long as its count says."""
        for parent in self.growth.instances(self.form.nodes[at].parent):
            wanted = compute(Context(parent, parent, self))
            size = int(min(wanted, MAX_INSTANCES)) if wanted > 0 else 0
            instances = parent.scope.ranges[at]
            while len(instances) > size:
                self.growth.remove(instances[-1])
                self._stir(at)
            while len(instances) < size:
                self._add(parent, at)

    def _add(self, parent: InstanceNode, at: int) -> InstanceNode:
        node = self.growth.add(parent, at)
        self._stir(at)
        self._happen("odk-new-repeat", node)
        return node

    def _preset(self, presets: Mapping[str, str]) -> None:
        for child in self.growth.top.children:
            if child.name in presets:
                child.put(presets[child.name])
        for at, spec in enumerate(self.form.nodes):
            if spec.preload is not None:
                for node in self.growth.instances(at):
                    node.put(preloaded(self, *spec.preload, node.value))

    def _happen(self, event: str, node: InstanceNode) -> None:
        """Carry out the actions of an event at a node, on targets in the same repeat instance."""
        for action in self.form.actions:
            if event not in action.on:
                continue
            if event == "xforms-value-changed" and action.of != node.at:
                continue
            if event == "odk-new-repeat" and action.in_ != node.at:
                continue
            home = self.form.places.shared_scope(node.at, action.set)
            here = node.scope.around(home)
            for target in self.growth.instances(action.set):
                if target.scope.around(home) is here:
                    value = self.form.action_value(action)(Context(target, target, self))
                    self._put(target, normal(self.form.nodes[action.set].type, value))
