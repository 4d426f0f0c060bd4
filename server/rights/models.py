"""Requests of people about their own data, with the days by which they must be answered."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class DataRequest(Model):
    """Somebody asks for a copy, a correction, a restriction or an erasure of their data."""

    id = fields.UUIDField(primary_key=True)
    commune_code = fields.CharField(max_length=5)
    kind = fields.CharField(max_length=10)
    name = fields.CharField(max_length=200)
    id_number = fields.CharField(max_length=20)
    wish = fields.TextField()
    asked_at = fields.DatetimeField()
    reply_by = fields.DateField()
    done_by = fields.DateField()
    closed_at = fields.DatetimeField(null=True)
    outcome = fields.TextField(default="")

    class Meta:
        table = "data_request"
        indexes = [Index(fields=("commune_code", "closed_at", "done_by"))]
