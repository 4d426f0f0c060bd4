"""What was answered to each mutation, so that the same one gets the same answer for ever."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, NamedTuple

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Mutation(Model):
    """A mutation that got a lasting verdict.

    Applied, held or conflict. `signed` is the device-signed content, kept as proof. `filed_as` is
    the dossier that an accepted one became, which may be another than it names (`beside`).
    """

    id = fields.UUIDField(primary_key=True)
    digest = fields.CharField(max_length=64)
    kind = fields.CharField(max_length=30)
    dossier_id = fields.UUIDField()
    commune_code = fields.CharField(max_length=5)
    device_id = fields.CharField(max_length=43)
    verdict = fields.CharField(max_length=10)
    reason = fields.CharField(max_length=40, default="")
    receipt = fields.TextField(default="")
    problem: dict[str, Any] | None = fields.JSONField(null=True)
    signed = fields.BinaryField()
    device_at = fields.DatetimeField()
    received_at = fields.DatetimeField()
    skew_seconds = fields.BigIntField(default=0)
    decided_at = fields.DatetimeField(null=True)
    decided_by = fields.UUIDField(null=True)
    filed_as = fields.UUIDField(null=True)

    class Meta:
        table = "mutation"
        indexes = [Index(fields=("dossier_id",)), Index(fields=("verdict", "commune_code"))]


class NewMutation(NamedTuple):
    """A mutation as it is written: the columns of `Mutation` known when it gets its verdict."""

    id: uuid.UUID
    digest: str
    kind: str
    dossier_id: uuid.UUID
    commune_code: str
    device_id: str
    signed: bytes
    device_at: datetime
    received_at: datetime
    skew_seconds: int
    verdict: str = ""
    reason: str = ""
    receipt: str = ""
