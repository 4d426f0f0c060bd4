"""What goes over the wire at `POST /sync` (docs/contracts.md, 3 and 4); see `payload` for what is
inside an envelope.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ..dossiers.view import DossierView
from .payload import Base64url, Instant, Language, Point, Record, Uuid

MAX_REQUEST = 4 << 20
MAX_SEALED = 256 << 10
MAX_INFLATED = 1 << 20
MAX_ENVELOPES = 50


class Envelope(Record):
    """One sealed mutation; `kid` names the agency key it is sealed to."""

    id: Uuid
    kid: Annotated[str, Meta(max_length=64)]
    sealed: Annotated[Base64url, Meta(max_length=MAX_SEALED * 4 // 3 + 4)]


class DeviceProof(Record):
    """The phone that asks: its key, and the proof that it holds it."""

    key: Point
    nonce: Annotated[str, Meta(max_length=200)] | None = None
    proof: Annotated[str, Meta(max_length=100)] | None = None


class SyncRequest(Record, kw_only=True):
    """What the phone sends; `time` is what its clock shows."""

    v: Literal[1]
    envelopes: Annotated[list[Envelope], Meta(max_length=MAX_ENVELOPES)] = []
    device: DeviceProof | None = None
    cursor: Annotated[str, Meta(max_length=100)] | None = None
    catalogue: str | None = None
    language: Language = "vi"
    time: Instant | None = None


class Received(Record):
    """How many of a mutation's pages the server holds."""

    received: int
    total: int


class Verdict(Record):
    """The answer to one envelope; `reason`: why it is held."""

    id: str
    verdict: str
    receipt: str | None = None
    problem: dict[str, Any] | None = None
    pages: Received | None = None
    theirs: dict[str, str] | None = None
    reason: str | None = None


class SyncReply(Record, kw_only=True):
    """What the phone gets back."""

    v: int = msgspec.field(default_factory=lambda: 1)
    time: str
    nonce: str
    verdicts: list[Verdict]
    changes: list[DossierView]
    cursor: str | None
    more: bool
    missing: list[str]
    catalogue: str
    device: Literal["revoked"] | None = None
