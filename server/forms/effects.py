"""The actions of a form: what a `setvalue` does when its event happens.

Actions of loading and of new repeat instances set only what is relevant; those of a changed value
set their targets in the scope both share, relevant or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .definition import Action
from .instance import InstanceNode
from .lexical import normal

if TYPE_CHECKING:
    from server.forms.filling import Filling

LOADING = frozenset(("odk-instance-load", "odk-instance-first-load"))


def load(filling: Filling) -> None:
    """Carry out the actions of the first opening, one after another."""
    for action in filling.form.actions:
        if LOADING.intersection(action.on):
            for target in _targets(filling, action, filling.growth.top):
                if target.relevant:
                    _perform(filling, action, target)
            filling.settle()


def act(filling: Filling) -> bool:
    """Carry out the actions of new repeat instances, then those of values that changed.

    Tell whether anything was to be done: what was set may have to be looked at again.
    """
    added, filling.added = filling.added, []
    is_busy = False
    for node in added if filling.is_open else ():
        for action in filling.form.actions:
            if "odk-new-repeat" in action.on and action.in_ in (None, node.at):
                for target in _targets(filling, action, node):
                    if target.relevant:
                        _perform(filling, action, target)
                        is_busy = True
    watched, filling.watched = filling.watched, {}
    for node, before in watched.items():
        if node.text == before:
            continue
        for action in filling.form.actions:
            if "xforms-value-changed" in action.on and action.of == node.at:
                for target in _targets(filling, action, node, is_beside=True):
                    _perform(filling, action, target)
                    is_busy = True
    return is_busy


def _targets(
    filling: Filling, action: Action, node: InstanceNode, is_beside: bool = False
) -> list[InstanceNode]:
    """Return the nodes to set: those picked, or all inside the node or in the scope both share."""
    if action.ask is not None:
        return []
    if action.to is not None:
        found = filling.attempt(filling.form.closure(action.to, node.at, "N"), node, [])
        return [one for one in found if isinstance(one, InstanceNode) and one.at == action.set]
    if is_beside:
        return _beside(filling, node, action.set)
    if node.at == 0:
        return filling.growth.instances(action.set)
    return _inside(filling, node, action.set)


def _perform(filling: Filling, action: Action, target: InstanceNode) -> None:
    value = filling.attempt(filling.form.action_value(action), target, "")
    filling.put(target, normal(filling.form.nodes[action.set].type, value, filling.zone))


def _inside(filling: Filling, node: InstanceNode, at: int) -> list[InstanceNode]:
    """Return the nodes of a definition node inside a repeat instance."""
    found = filling.growth.instances(at)
    return [one for one in found if one.scope.around(node.at) is node.scope]


def _beside(filling: Filling, node: InstanceNode, at: int) -> list[InstanceNode]:
    """Return the nodes of a definition node in the scope both share."""
    home = filling.form.places.shared_scope(node.at, at)
    here = node.scope.around(home)
    return [one for one in filling.growth.instances(at) if one.scope.around(home) is here]
