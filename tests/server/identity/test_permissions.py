"""Roles, verbs and the commune limit."""

import pytest

from server.errors import Problem
from server.identity.permissions import (
    DESK_ROLES,
    ROLES,
    VERBS,
    Role,
    acting_role,
    communes_for,
    demand,
    main_role,
)

CLERK = [Role("clerk", "02683")]


@pytest.mark.parametrize(
    ("role", "verbs"),
    [
        ("clerk", "receive refuse ask_supplement forward finish return_result stop"),
        ("specialist", "propose ask_supplement"),
        ("approver", "approve send_back"),
        ("officer", "file"),
        ("administrator", "administer"),
        ("auditor", "audit"),
    ],
)
def test_each_role_has_its_verbs(role: str, verbs: str) -> None:
    held = [Role(role, "02683")]
    for verb in verbs.split():
        assert acting_role(held, verb, "02683", is_assignee=True) == role


def test_no_verb_reaches_into_another_commune() -> None:
    for role in ROLES:
        for verb in VERBS[role]:
            assert acting_role([Role(role, "02683")], verb, "02701", is_assignee=True) is None


def test_role_does_not_lend_its_verbs_to_another() -> None:
    assert acting_role(CLERK, "approve", "02683") is None
    assert acting_role([Role("approver", "02683")], "receive", "02683") is None


def test_officer_and_administrator_read_nothing_at_the_desk() -> None:
    assert acting_role([Role("officer", "02683")], "read", "02683") is None
    assert acting_role([Role("administrator")], "read", "02683") is None


def test_specialist_acts_on_assigned_dossiers_alone() -> None:
    held = [Role("specialist", "02683")]
    assert acting_role(held, "propose", "02683") is None
    assert acting_role(held, "propose", "02683", is_assignee=True) == "specialist"
    assert acting_role(held, "read", "02683") == "specialist"


def test_clerk_without_commune_may_do_nothing() -> None:
    assert acting_role([Role("clerk")], "receive", "02683") is None
    assert acting_role([Role("clerk")], "receive", "") == "clerk"
    assert communes_for([Role("clerk")], "read") == frozenset()


def test_server_wide_auditor_reads_everywhere() -> None:
    assert acting_role([Role("auditor")], "audit", "02701") == "auditor"
    assert communes_for([Role("auditor")], "read") is None
    assert communes_for([*CLERK, Role("approver", "02701")], "read") == {"02683", "02701"}


def test_demand_raises_where_nothing_allows() -> None:
    assert demand(CLERK, "receive", "02683") == "clerk"
    with pytest.raises(Problem) as refused:
        demand(CLERK, "receive", "02701")
    assert refused.value.code == "not-allowed"


def test_person_without_role_is_a_citizen() -> None:
    assert main_role([]) == "citizen"
    assert main_role(CLERK) == "clerk"
    assert "officer" not in DESK_ROLES
