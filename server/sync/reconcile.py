"""Apply, repeat, hold, conflict or refuse: the verdict from the facts alone (contracts, 4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was answered before under the same mutation id."""

    digest: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the decision depends on.

    `doubt` is why the sender is not trusted outright (`device-unknown`, `device-revoked`,
    `helper-unproven`) or empty. `misfit` is the problem why the change does not fit the dossier as
    it stands now, or empty. `base` is the version the phone knew, `version` the dossier's, 0 when
    there is none. `dossier-exists` is said of a submission of other content than was filed.
    """

    digest: str
    remembered: Remembered | None
    base: int = 0
    version: int = 0
    misfit: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """`verdict`, and the problem code or the reason for holding."""

    verdict: str
    reason: str = ""


def decide(facts: Facts) -> Decision:
    """The verdict table."""
    if facts.remembered:
        if facts.remembered.digest != facts.digest:
            return Decision("refused", "mutation-reused")
        if facts.remembered.verdict == "conflict":
            return Decision("conflict", "dossier-changed")
        return Decision("repeated")
    if facts.misfit == "dossier-exists":
        # Two people's work under one id: a person looks at both (`beside`).
        return Decision("held", facts.doubt or facts.misfit)
    if facts.misfit:
        # Somebody else was quicker than a phone that could not know: both texts are kept. A phone
        # that did know is simply wrong.
        if 0 < facts.base < facts.version:
            return Decision("conflict", "dossier-changed")
        return Decision("refused", facts.misfit)
    if facts.doubt:
        return Decision("held", facts.doubt)
    return Decision("applied")
