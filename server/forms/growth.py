"""The instance tree of a filling: made from defaults or answers, and changed by repeats.

Only structure lives here; computing is `filling.py`'s part. Answers from outside are taken as they
come: what the form does not ask is remembered for `unknown` and otherwise left aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .form import Form
from .instance import InstanceNode, Scope

MAX_INSTANCES = 2_000
SHAPES: dict[str, type] = {"value": str, "repeat": list, "group": dict}


class FillingFault(Exception):
    """A reference to nothing, or a change the form does not allow."""


class Growth:
    """The nodes of one filling.

    With `answers` the tree holds what they say and no defaults; without, the form's own start.
    """

    def __init__(self, form: Form, answers: Mapping[str, Any] | None) -> None:
        self.form = form
        self._unknown: list[tuple[InstanceNode, str]] = []
        self._scopes: dict[int, list[Scope]] = {}
        self._is_listed = True
        self.is_given = answers is not None
        self.top = self.grow(0, None, None, answers)

    def unknown(self) -> list[str]:
        """Return the references of answers that the form does not ask, or asks in another shape."""
        return [f"{node.reference()}/{name}" for node, name in self._unknown]

    def node(self, reference: str) -> InstanceNode:
        """Return the node a reference names; a repeat without a place means its first instance."""
        at = self.top
        names = reference.strip("/").split("/")
        if names[0].partition("[")[0] != at.name:
            raise FillingFault(f"no node {reference}")
        for written in names[1:]:
            name, _, place = written.partition("[")
            found = [child for child in at.children if child.name == name]
            index = int(place.rstrip("]")) - 1 if place else 0
            if not 0 <= index < len(found):
                raise FillingFault(f"no node {reference}")
            at = found[index]
        return at

    @property
    def scopes(self) -> dict[int, list[Scope]]:
        """The scopes of the root and of each repeat, in document order."""
        # A count may add hundreds of instances at once: all are listed when somebody asks.
        if not self._is_listed:
            self._is_listed = True
            self._scopes = {0: [self.top.scope]}
            self._list_scopes(self.top.scope)
        return self._scopes

    def instances(self, at: int) -> list[InstanceNode]:
        """Return all nodes of a definition node, in document order."""
        home = self.form.places.home[at]
        return [scope.nodes[at] for scope in self.scopes.get(home, ())]

    def repeat(self, parent: InstanceNode, name: str) -> int:
        """Return the definition node of a repeat inside a node."""
        for child in self.form.places.children[parent.at]:
            node = self.form.nodes[child]
            if node.name == name and node.kind == "repeat":
                return child
        raise FillingFault(f"{parent.reference()}/{name} is no repeat")

    def add(self, parent: InstanceNode, at: int) -> InstanceNode:
        """Add an instance to the end of a repeat."""
        instances = parent.scope.ranges[at]
        if len(instances) >= MAX_INSTANCES:
            raise FillingFault(f"more than {MAX_INSTANCES} instances")
        is_given, self.is_given = self.is_given, False
        node = self.grow(at, parent, parent.scope, None)
        self.is_given = is_given
        instances.append(node)
        self._relist(parent, at)
        return node

    def remove(self, node: InstanceNode) -> None:
        """Remove an instance of a repeat."""
        parent, outer = node.parent, node.scope.outer
        if parent is None or outer is None or self.form.nodes[node.at].kind != "repeat":
            raise FillingFault(f"{node.reference()} is no instance of a repeat")
        outer.ranges[node.at].remove(node)
        self._relist(parent, node.at)

    def grow(
        self,
        at: int,
        parent: InstanceNode | None,
        outer: Scope | None,
        answers: Mapping[str, Any] | None,
    ) -> InstanceNode:
        """Make the root or a repeat instance with everything in it, in a scope of its own."""
        scope = Scope(at, outer)
        self._scopes.setdefault(at, []).append(scope)
        node = InstanceNode(at, self.form.nodes[at].name, parent, scope, "")
        node.readonly = at in self.form.always_readonly
        scope.nodes[at] = node
        self._branch(node, scope, answers)
        return node

    def _branch(self, node: InstanceNode, scope: Scope, answers: Mapping[str, Any] | None) -> None:
        """Make the children of a node; `answers` replace the defaults where they are given."""
        is_given = self.is_given
        children: list[InstanceNode] = []
        for at, name, kind, initial, is_readonly, is_required in self.form.sprouts[node.at]:
            given = answers.get(name) if answers else None
            if kind == "repeat":
                children += self._range(at, node, scope, given)
                continue
            value = "" if is_given else initial
            if type(given) is str and kind == "value":
                value = given
            child = scope.nodes[at] = InstanceNode(at, name, node, scope, value)
            if is_readonly:
                child.readonly = True
            if is_required:
                child.required = True
            if kind == "group":
                self._branch(child, scope, given if isinstance(given, dict) else None)
            children.append(child)
        node.children = children
        if is_given and answers:
            self._note_unknown(node, answers)

    def _range(self, at: int, parent: InstanceNode, scope: Scope, given: Any) -> list[InstanceNode]:
        """Make the instances of a repeat: those given, else those the form starts with."""
        initial = self.form.nodes[at].initial
        rows: list[Any] = [{}] if initial is None else initial
        if self.is_given or given is not None:
            rows = given if isinstance(given, list) else []
            if len(rows) > MAX_INSTANCES or not all(isinstance(row, dict) for row in rows):
                self._unknown.append((parent, self.form.nodes[at].name))
        instances = [
            self.grow(at, parent, scope, row if isinstance(row, dict) else None)
            for row in rows[:MAX_INSTANCES]
        ]
        scope.ranges[at] = instances
        return instances

    def _note_unknown(self, node: InstanceNode, answers: Mapping[str, Any]) -> None:
        """Remember what was answered that the form does not ask, or in another shape."""
        kinds = self.form.kinds[node.at]
        for name, value in answers.items():
            kind = kinds.get(name)
            if kind is None or not isinstance(value, SHAPES[kind]):
                self._unknown.append((node, name))

    def dissolve(self) -> None:
        """Take the tree apart, once nobody asks it any more.

        Nodes, scopes and children name each other in circles, which only a search for garbage would
        find; without them all is given back at once.
        """
        for scopes in self.scopes.values():
            for scope in scopes:
                for node in scope.nodes.values():
                    node.children = ()
                scope.nodes.clear()
                scope.ranges.clear()

    def _relist(self, parent: InstanceNode, at: int) -> None:
        """Put a parent's children in order after a change."""
        children: list[InstanceNode] = []
        for child in self.form.places.children[parent.at]:
            if self.form.nodes[child].kind == "repeat":
                children += parent.scope.ranges[child]
            else:
                children.append(parent.scope.nodes[child])
        parent.children = children
        self._is_listed = False

    def _list_scopes(self, scope: Scope) -> None:
        for repeat, instances in scope.ranges.items():
            listed = self._scopes.setdefault(repeat, [])
            for one in instances:
                listed.append(one.scope)
                self._list_scopes(one.scope)
