"""One-time codes that open a dossier on another phone, and the phones they opened it on."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class ClaimCode(Model):
    """A code sent to the applicant's number or told at the desk, kept as a keyed digest."""

    id = fields.UUIDField(primary_key=True)
    dossier_id = fields.UUIDField()
    digest = fields.CharField(max_length=64)
    expires_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "claim_code"
        indexes = [Index(fields=("dossier_id", "expires_at"))]


class Claim(Model):
    """A phone that may follow and answer a dossier which another phone filed."""

    id = fields.UUIDField(primary_key=True)
    dossier_id = fields.UUIDField()
    device_id = fields.CharField(max_length=43)
    claimed_at = fields.DatetimeField()

    class Meta:
        table = "claim"
        unique_together = (("device_id", "dossier_id"),)
        indexes = [Index(fields=("dossier_id",))]
