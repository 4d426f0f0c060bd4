"""The choices a question offers right now: which, in what order, with which labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .chance import seeded, shuffled
from .context import Context
from .definition import Choices, Text
from .instance import InstanceNode
from .tables import Table
from .text_functions import words
from .tree import TreeNode
from .values import EvaluationFault

if TYPE_CHECKING:
    from server.forms.filling import Filling


class Offer(NamedTuple):
    """One choice on offer: its value and its label, in every language."""

    value: str
    label: Text


def offered(filling: Filling, node: InstanceNode) -> list[Offer]:
    """Return the choices of a question, filtered and, if the form says so, shuffled."""
    choices = filling.form.choices.get(node.at)
    if choices is None:
        return []
    found = _all(filling, node, choices)
    if choices.randomize is None:
        return found
    if choices.randomize is True:
        return shuffled(found, seeded(filling.chance, filling.zone))
    seed = filling.attempt(filling.form.closure(choices.randomize, node.at, "v"), node, "")
    return shuffled(found, seeded(seed, filling.zone))


def allows(filling: Filling, node: InstanceNode, value: str) -> bool:
    """Tell whether a value is among the choices of a question."""
    choices = filling.form.choices.get(node.at)
    if choices is None:
        return True
    if choices.instance is None or choices.value is None:
        return any(offer.value == value for offer in _all(filling, node, choices))
    table = filling.form.tables[choices.instance]
    return _row_of(filling, node, choices, table, value) is not None


def still_offered(filling: Filling, node: InstanceNode) -> str | None:
    """Return what is left of a question's value when some of it is no longer offered, else None."""
    is_many = filling.form.nodes[node.at].type in ("select", "rank")
    picked = words(node.value) if is_many else [node.value]
    still = [one for one in picked if allows(filling, node, one)]
    return None if len(still) == len(picked) else " ".join(still)


def ordered(filling: Filling, node: InstanceNode, value: str) -> str:
    """Return the choices picked in the order they are offered."""
    if " " not in value:
        return value
    ranks = {offer.value: rank for rank, offer in enumerate(offered(filling, node))}
    return " ".join(sorted(value.split(" "), key=lambda one: ranks.get(one, len(ranks))))


def label_of(filling: Filling, owner: InstanceNode, question: int, value: str) -> str:
    """Return the label of a choice value of a question; empty when it is not offered."""
    choices = filling.form.choices.get(question)
    if choices is None:
        return ""
    if choices.instance is None or choices.value is None:
        offers = _all(filling, owner, choices)
        label = next((offer.label for offer in offers if offer.value == value), "")
        return filling.say(label, owner)
    table = filling.form.tables[choices.instance]
    row = _row_of(filling, owner, choices, table, value)
    return "" if row is None else filling.say(table.columns[choices.label or ""][row], owner)


def _row_of(
    filling: Filling, node: InstanceNode, choices: Choices, table: Table, value: str
) -> int | None:
    """Return the row on offer that holds a value, if there is one."""
    rows = table.rows(choices.value or "", value, filling.language)
    if not rows or not (choices.where or choices.filter is not None):
        return rows[0] if rows else None
    wanted = _conditions(filling, node, choices)
    return next((row for row in rows if _fits(filling, node, choices, table, row, wanted)), None)


def _all(filling: Filling, node: InstanceNode, choices: Choices) -> list[Offer]:
    if choices.items is not None:
        return [Offer(item.value, item.label) for item in choices.items]
    if choices.instance is not None:
        return _of_list(filling, node, choices)
    if choices.source is None:
        return []
    found = filling.attempt(filling.form.closure(choices.source, node.at, "N"), node, [])
    made = [Offer(_part(one, choices.value), _part(one, choices.label)) for one in found]
    return [offer for offer in made if offer.value]


def _of_list(filling: Filling, node: InstanceNode, choices: Choices) -> list[Offer]:
    table = filling.form.tables[choices.instance or ""]
    wanted = _conditions(filling, node, choices)
    rows = table.rows(*wanted[0], filling.language) if wanted else range(table.size)
    labels = table.columns[choices.label or choices.value or ""]
    return [
        Offer(table.cell(choices.value or "", row, filling.language), labels[row])
        for row in rows
        if _fits(filling, node, choices, table, row, wanted[1:])
    ]


def _conditions(filling: Filling, node: InstanceNode, choices: Choices) -> list[tuple[str, str]]:
    """Return the equality conditions with their keys computed for this question."""
    return [
        (column, filling.attempt(filling.form.closure(key, node.at, "s"), node, ""))
        for column, key in choices.where or ()
    ]


def _fits(
    filling: Filling,
    node: InstanceNode,
    choices: Choices,
    table: Table,
    row: int,
    wanted: list[tuple[str, str]],
) -> bool:
    if any(table.cell(column, row, filling.language) != key for column, key in wanted):
        return False
    if choices.filter is None:
        return True
    item = table.item(row, filling.language)
    test = filling.form.closure(choices.filter, node.at, "b")
    try:
        fits: bool = test(Context(item, node, filling, row + 1, table.size))
    except (EvaluationFault, ArithmeticError, ValueError):
        return True
    return fits


def _part(node: TreeNode, name: str | None) -> str:
    """Return what a choice made of a node says: the node itself or a part below it."""
    for step in (name or ".").split("/"):
        if step == ".":
            continue
        if step == "..":
            node = node.parent or node
            continue
        found = next((child for child in node.children if child.name == step), None)
        if found is None:
            return ""
        node = found
    return node.string()
