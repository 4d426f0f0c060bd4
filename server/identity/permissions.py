"""Who may do what, where: one pure table of roles and verbs, and the commune limit.

A role counts only in the commune it was given for. An appointment without a commune (the server's
administrator or auditor) counts everywhere, for the verbs of that role alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import Problem

# Verbs of docs/contracts.md, 5, and besides: `read` a dossier at the desk, `file` for others from a
# phone, `decide` what becomes of held envelopes, `claim` a dossier for a phone of the applicant who
# stands at the desk, see to people's `rights` over their data, `audit` the event log, `administer`
# people, forms and communes.
VERBS: dict[str, frozenset[str]] = {
    "officer": frozenset({"file"}),
    "clerk": frozenset(
        {
            "read",
            "receive",
            "refuse",
            "ask_supplement",
            "forward",
            "finish",
            "return_result",
            "stop",
            "decide",
            "claim",
            "rights",
        }
    ),
    "specialist": frozenset({"read", "propose", "ask_supplement"}),
    "approver": frozenset({"read", "approve", "send_back"}),
    "administrator": frozenset({"administer"}),
    "auditor": frozenset({"read", "audit"}),
}
ROLES = tuple(VERBS)
DESK_ROLES = frozenset(ROLES) - {"officer"}
# What a specialist does only on the dossiers assigned to them.
_ASSIGNED = {("specialist", "propose"), ("specialist", "ask_supplement")}
_ANYWHERE = frozenset({"administrator", "auditor"})


@dataclass(frozen=True, slots=True)
class Role:
    """One role in one commune (code); an empty commune means the whole server."""

    role: str
    commune: str = ""


def acting_role(
    roles: Iterable[Role], verb: str, commune: str, *, is_assignee: bool = False
) -> str | None:
    """The role in which `verb` may be done on something of `commune`, or none."""
    for held in roles:
        if verb not in VERBS.get(held.role, ()):
            continue
        if (held.role, verb) in _ASSIGNED and not is_assignee:
            continue
        if held.commune == commune or (not held.commune and held.role in _ANYWHERE):
            return held.role
    return None


def demand(roles: Iterable[Role], verb: str, commune: str, *, is_assignee: bool = False) -> str:
    """The acting role. Raises `not-allowed` when there is none."""
    role = acting_role(roles, verb, commune, is_assignee=is_assignee)
    if role is None:
        raise Problem("not-allowed")
    return role


def main_role(roles: Iterable[Role]) -> str:
    """The role to name where none in particular is acted in."""
    return next((held.role for held in roles), "citizen")


def communes_for(roles: Iterable[Role], verb: str) -> frozenset[str] | None:
    """Communes in which `verb` may be done at all; none means in every one."""
    found: set[str] = set()
    for held in roles:
        if verb not in VERBS.get(held.role, ()):
            continue
        if held.commune:
            found.add(held.commune)
        elif held.role in _ANYWHERE:
            return None
    return frozenset(found)
