"""Pages as they lie in the object store (always ciphertext), which are expected, and uploads under
way.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Blob(Model):
    """A whole page in the store, named by the SHA-256 of its ciphertext."""

    digest = fields.CharField(max_length=64, primary_key=True)
    size = fields.BigIntField()
    stored_at = fields.DatetimeField()

    class Meta:
        table = "blob"


class ExpectedPage(Model):
    """A page that a kept mutation named: only these may be uploaded.

    Its row is also the lock between naming a page and its arrival. `device_id` is the phone that
    named it first.
    """

    digest = fields.CharField(max_length=64, primary_key=True)
    length = fields.BigIntField()
    named_at = fields.DatetimeField()
    device_id = fields.CharField(max_length=43, default="")

    class Meta:
        table = "expected_page"
        indexes = [Index(fields=("device_id",))]


class Upload(Model):
    """A tus upload begun.

    Its offset is the length of its file, so there is no second truth to disagree.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    digest = fields.CharField(max_length=64)
    length = fields.BigIntField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "upload"
        indexes = [Index(fields=("digest",)), Index(fields=("expires_at",))]
