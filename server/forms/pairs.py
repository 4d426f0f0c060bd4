"""Which node of a new version stands for a node of the one before, and whether its answer fits.

The node at the same path or, when a question has moved, the only one of its name inside the same
repeats. `pwa/forms/carry` follows the same rules on the phone; `tests/vectors/carry.json` holds
both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from .definition import Definition, Node
from .places import Places

CHOOSING = ("select1", "select", "rank")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
Key = tuple[str, tuple[str, ...], str]


def pair(old: Definition, new: Definition) -> list[int]:
    """Return for each node of the old version its place in the new one, or -1."""
    before, after = _keys(old), _keys(new)
    at_key = {key: at for at, key in enumerate(after)}
    pairs = [at_key.get(key, -1) for key in before]
    taken = set(pairs)
    homeless = _by_name(old, before, [at for at, to in enumerate(pairs) if to < 0])
    free = _by_name(new, after, [at for at in range(len(after)) if at not in taken])
    for key, places in homeless.items():
        # Where two bear the name nobody can tell which is meant.
        if len(places) == len(free.get(key, ())) == 1:
            pairs[places[0]] = free[key][0]
    return pairs


class Fit(NamedTuple):
    """What of an answer stays and what goes; `why` is `type`, `choice` or empty."""

    stays: str
    goes: str = ""
    why: str = ""


def fit(old: Node, new: Node, offered: dict[str, str] | None, value: str) -> Fit:
    """Put an answer into a question of the new version; `offered` None: any choice may be there."""
    before, now = old.type or "string", new.type or "string"
    gone = Fit("", value, "type")
    if now in CHOOSING:
        # What was typed may happen to read like the name of a choice; it was not chosen.
        return _chosen(before, now, offered, value) if before in CHOOSING else gone
    if before == now:
        return Fit(value)
    if now == "string":
        return gone if before in (*CHOOSING, "binary") else Fit(value)
    is_number = NUMBER.fullmatch(value) is not None
    if now == "decimal" and (before == "int" or (before == "string" and is_number)):
        return Fit(value)
    if now == "int" and is_number and "." not in value:
        return Fit(value)
    return Fit(value) if now == "barcode" and before == "string" else gone


def holds(old: Node, new: Node) -> bool:
    """Tell whether every answer of the old type is one of the new type too, choices left aside."""
    before, now = old.type or "string", new.type or "string"
    if before == now or (now in ("string", "decimal") and before == "int"):
        return True
    if now in CHOOSING:
        return before in CHOOSING and (now != "select1" or before == "select1")
    return now == "string" and before not in (*CHOOSING, "binary")


def _chosen(before: str, now: str, offered: dict[str, str] | None, value: str) -> Fit:
    picks = [value] if before == "select1" else value.split()
    if now == "select1" and len(picks) > 1:
        return Fit("", value, "type")
    goes = [pick for pick in picks if offered is not None and pick not in offered]
    stays = [pick for pick in picks if pick not in goes]
    return Fit(" ".join(stays), " ".join(goes), "choice" if goes else "")


def _keys(definition: Definition) -> list[Key]:
    """Return kind, repeats around and path below the root of each node."""
    places = Places(definition.nodes)
    found: list[Key] = []
    for at, node in enumerate(definition.nodes):
        around = tuple(
            definition.nodes[scope].name for scope in reversed(places.scopes(at)) if scope
        )
        found.append((node.kind, around, "/".join(places.path(at).split("/")[2:])))
    return found


def _by_name(definition: Definition, keys: list[Key], wanted: list[int]) -> dict[Key, list[int]]:
    found: defaultdict[Key, list[int]] = defaultdict(list)
    for at in wanted:
        kind, around, _ = keys[at]
        if kind not in ("root", "group"):
            found[kind, around, definition.nodes[at].name].append(at)
    return dict(found)
