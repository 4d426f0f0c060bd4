"""The dossier, its pages, its supplement requests and its numbers.

State moves only through `actions`.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, NamedTuple

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Dossier(Model):
    """One filed procedure.

    `id` was made on the phone; `number` is given at reception; `version` grows with every change.
    """

    id = fields.UUIDField(primary_key=True)
    code = fields.CharField(max_length=12)
    number = fields.CharField(max_length=40, null=True, unique=True)
    procedure_code = fields.CharField(max_length=20)
    form_digest = fields.CharField(max_length=64)
    commune_code = fields.CharField(max_length=5)
    state = fields.CharField(max_length=20)
    stage = fields.CharField(max_length=20, default="")
    version = fields.IntField(default=1)
    last_seq = fields.BigIntField(default=0)
    answers: dict[str, Any] = fields.JSONField(default=dict)
    language = fields.CharField(max_length=5, default="vi")
    channel = fields.SmallIntField(default=2)
    applicant_name = fields.CharField(max_length=200)
    applicant_folded = fields.CharField(max_length=200)
    applicant_id_number = fields.CharField(max_length=20, default="")
    applicant_phone = fields.CharField(max_length=16, default="")
    applicant_id = fields.UUIDField(null=True)
    helper_id = fields.UUIDField(null=True)
    helper_name = fields.CharField(max_length=200, default="")
    helper_relation = fields.CharField(max_length=100, default="")
    device_id = fields.CharField(max_length=43)
    assignee_id = fields.UUIDField(null=True)
    submitted_at = fields.DatetimeField()
    device_at = fields.DatetimeField()
    received_at = fields.DatetimeField(null=True)
    due_on = fields.DateField(null=True)
    finished_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    erased_at = fields.DatetimeField(null=True)

    class Meta:
        table = "dossier"
        indexes = [
            Index(fields=("commune_code", "state", "due_on")),
            Index(fields=("device_id", "last_seq")),
            Index(fields=("helper_id", "last_seq")),
            Index(fields=("applicant_id", "last_seq")),
            Index(fields=("code",)),
        ]


class NewDossier(NamedTuple):
    """A dossier as it is filed: the columns of `Dossier` that its mutation tells."""

    id: uuid.UUID
    code: str
    procedure_code: str
    form_digest: str
    commune_code: str
    last_seq: int
    answers: dict[str, Any]
    language: str
    applicant_name: str
    applicant_folded: str
    applicant_id_number: str
    applicant_phone: str
    applicant_id: uuid.UUID | None
    helper_id: uuid.UUID | None
    helper_name: str
    helper_relation: str
    device_id: str
    submitted_at: datetime
    device_at: datetime
    state: str = "submitted"
    stage: str = ""
    version: int = 1
    channel: int = 2


class DossierPage(Model):
    """One photographed page that a mutation named.

    `key` opens the ciphertext and is itself sealed by the server's storage key.
    """

    id = fields.UUIDField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "hoso.Dossier", related_name="pages"
    )
    dossier_id: uuid.UUID
    name = fields.CharField(max_length=80)
    path = fields.CharField(max_length=300)
    media_type = fields.CharField(max_length=60)
    size = fields.BigIntField()
    digest = fields.CharField(max_length=64)
    length = fields.BigIntField()
    key = fields.BinaryField()
    received_at = fields.DatetimeField(null=True)
    replaced_at = fields.DatetimeField(null=True)

    class Meta:
        table = "dossier_page"
        unique_together = (("dossier", "name"),)
        indexes = [Index(fields=("digest",)), Index(fields=("received_at",))]


class Supplement(Model):
    """A request to mend marked questions or pages (slip 02).

    `items`: [{path, kind, note}]; `returns_to`: state and stage before it. `before`: once it is
    answered, what the asked places held until then, by reference.
    """

    id = fields.UUIDField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "hoso.Dossier", related_name="supplements"
    )
    dossier_id: uuid.UUID
    asked_by = fields.UUIDField()
    asked_at = fields.DatetimeField()
    answer_by = fields.DateField(null=True)
    sentence = fields.TextField()
    items: list[dict[str, str]] = fields.JSONField(default=list)
    returns_state = fields.CharField(max_length=20)
    returns_stage = fields.CharField(max_length=20, default="")
    answered_at = fields.DatetimeField(null=True)
    before: dict[str, str] = fields.JSONField(default=dict)

    class Meta:
        table = "supplement"
        indexes = [Index(fields=("dossier_id", "asked_at"))]


class Likeness(Model):
    """A keyed fingerprint of answers that tell what a dossier is about.

    Dossiers that share one may be about the same; nobody can read a name out of it.
    """

    id = fields.UUIDField(primary_key=True)
    print = fields.CharField(max_length=43)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "hoso.Dossier", related_name="likenesses"
    )
    dossier_id: uuid.UUID

    class Meta:
        table = "likeness"
        unique_together = (("dossier", "print"),)
        indexes = [Index(fields=("print",))]


class NumberSeries(Model):
    """The last running number of one agency on one day."""

    id = fields.CharField(max_length=40, primary_key=True)
    newest = fields.IntField()

    class Meta:
        table = "number_series"
