"""The dossier as the phone sees it (docs/contracts.md, 4): a whole snapshot, so that applying it
twice changes nothing.
"""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, rename="camel", omit_defaults=True):
    """JSON keys in camelCase; what is not known is left out."""


class Named(Record, kw_only=True):
    """A person by name alone."""

    name: str


class Pages(Record, kw_only=True):
    """How many of a dossier's pages have arrived."""

    received: int
    total: int


class Actor(Record, kw_only=True):
    """Who did a step."""

    role: str
    name: str | None = None


class Entry(Record, kw_only=True):
    """One step of the timeline."""

    seq: int
    event: str
    at: str
    actor: Actor
    note: str | None = None
    state: str | None = None


class Item(Record, kw_only=True):
    """A question or page that needs work."""

    path: str
    kind: str
    note: str | None = None


class SupplementView(Record, kw_only=True):
    """The supplement request that waits for an answer."""

    id: str
    asked_at: str
    sentence: str
    items: list[Item]
    answer_by: str | None = None


class DossierView(Record, kw_only=True):
    """One dossier."""

    id: str
    code: str
    number: str | None = None
    procedure: str
    form: str
    commune: str
    state: str
    version: int
    submitted_at: str
    due_on: str | None = None
    finished_at: str | None = None
    applicant: Named
    helper: Named | None = None
    pages: Pages
    seq: int
    timeline: list[Entry]
    supplement: SupplementView | None = None
