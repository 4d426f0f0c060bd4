"""The difference of two versions as lines that an author reads."""

from __future__ import annotations

from collections.abc import Iterator

from .difference import Change

FATES = {
    "lost": "answers have no place any more: shown to the person, kept with the draft, not sent",
    "lost-type": "answers that are no value of the new type are shown to the person and not sent",
    "lost-choice": "answers with a choice that is gone are shown to the person and not sent",
    "may-be-hidden": "with some answers it is asked no more, and those are shown to the person",
    "may-need-mending": "answers that break the new rule are marked for the person to mend",
    "must-be-answered": "drafts must answer it before they can be sent",
}
MARKS = {"added": "+", "removed": "-", "moved": ">", "changed": "~"}


def told(changes: list[Change]) -> Iterator[str]:
    """Give the changes as lines, or the one line that there are none."""
    if not changes:
        yield "The two versions ask the same in the same words."
    for change in changes:
        yield f"{MARKS[change.kind]} {change.kind}: “{change.label}” ({change.path})"
        if change.moved_from:
            yield f"    was at {change.moved_from}"
        for facet in change.facets:
            name = facet.name.replace("_", " ")
            yield f"    {name}: {_said(facet.before)} → {_said(facet.after)}"
        if change.offered:
            yield f"    choices added: {_listed(change.offered)}"
        if change.withdrawn:
            yield f"    choices removed: {_listed(change.withdrawn)}"
        if change.fate:
            yield f"    in drafts: {FATES[change.fate]}"


def _said(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(names[:12]) + more
