"""The verdict table, from facts alone."""

import pytest

from server.sync.reconcile import Decision, Facts, Remembered, decide

A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("facts", "decision"),
    [
        (Facts(A, None), Decision("applied")),
        (Facts(A, Remembered(A, "applied")), Decision("repeated")),
        (Facts(A, Remembered(A, "held")), Decision("repeated")),
        (Facts(A, Remembered(A, "conflict")), Decision("conflict", "dossier-changed")),
        (Facts(A, Remembered(B, "applied")), Decision("refused", "mutation-reused")),
        (Facts(A, None, doubt="device-unknown"), Decision("held", "device-unknown")),
        # Other content under the id of a dossier: kept beside it for a person, whatever was known.
        (Facts(A, None, 0, 3, "dossier-exists"), Decision("held", "dossier-exists")),
        (Facts(A, None, 1, 3, "dossier-exists"), Decision("held", "dossier-exists")),
        (Facts(A, None, 0, 3, "dossier-exists", "device-unknown"),
         Decision("held", "device-unknown")),
        (Facts(A, None, 2, 3, "supplement-closed"), Decision("conflict", "dossier-changed")),
        (Facts(A, None, 3, 3, "supplement-closed"), Decision("refused", "supplement-closed")),
        # An old version is no conflict as long as the change still fits.
        (Facts(A, None, 1, 3), Decision("applied")),
        # What does not fit is not kept for a person to decide.
        (Facts(A, None, 3, 3, "supplement-closed", "device-unknown"),
         Decision("refused", "supplement-closed")),
    ],
)  # fmt: skip
def test_facts_decide_the_verdict(facts: Facts, decision: Decision) -> None:
    assert decide(facts) == decision
