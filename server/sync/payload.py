"""What a mutation says, and the texts that any message of the exchange is made of (contracts, 3).

The same types decode, check and describe: a length, a pattern or a number of items that does not
fit is refused by name before anything else looks at it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ..attachments.routes import MAX_PAGE

MAX_PAGES = 60

Uuid = Annotated[
    str, Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Key = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$")]
Point = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{87}$")]
Base64url = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]*$")]
Instant = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$")]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
Line20 = Annotated[str, Meta(max_length=20)]
Line100 = Annotated[str, Meta(max_length=100)]
Line300 = Annotated[str, Meta(max_length=300)]


class Record(msgspec.Struct, rename="camel", omit_defaults=True):
    """JSON keys in camelCase; unknown keys are passed over, so that phones may be newer."""


class PayloadPage(Record):
    """A page the mutation names."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    path: Annotated[Line300, Meta(pattern="^/")]
    type: Literal[
        "image/jpeg",
        "image/png",
        "image/webp",
        "audio/aac",
        "audio/amr",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "audio/webm",
        "video/mp4",
        "video/ogg",
        "video/webm",
        "application/pdf",
    ]
    size: Annotated[int, Meta(ge=1, le=MAX_PAGE)]
    digest: Digest
    length: Annotated[int, Meta(ge=1)]
    key: Key


class PayloadApplicant(Record):
    """Whose dossier it is."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    id_number: Line20 | None = None
    phone: Annotated[str, Meta(max_length=16)] | None = None
    person_id: Uuid | None = None


class PayloadHelper(Record):
    """Who filed it for them; without an account here, a person decides first."""

    name: Annotated[str, Meta(max_length=200)]
    relation: Line100 = ""
    authority: Line300 = ""
    person_id: Uuid | None = None


class PayloadConsent(Record):
    """The words about personal data that were agreed to: their version, and when by the phone."""

    version: Annotated[str, Meta(min_length=1, max_length=20)]
    at: Instant


class Payload(Record, kw_only=True):
    """What a mutation says."""

    v: Literal[1]
    id: Uuid
    kind: Literal["dossier.submit", "supplement.answer", "dossier.withdraw"]
    dossier: Uuid
    base: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    at: Instant
    language: Language
    procedure: Line20
    form: Digest
    commune: Annotated[str, Meta(pattern="^[0-9]{5}$")]
    answers: dict[str, Any] = {}
    pages: Annotated[list[PayloadPage], Meta(max_length=MAX_PAGES)] = []
    applicant: PayloadApplicant
    helper: PayloadHelper | None = None
    helpers_before: Annotated[list[PayloadHelper], Meta(max_length=20)] = []
    consent: PayloadConsent | None = None
    supplement: Uuid | None = None
    decides: Uuid | None = None
    reason: Annotated[str, Meta(max_length=2000)] = ""
