"""Push subscriptions, the outbox of messages to them, and how far the worker has read the event
log.
"""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Subscription(Model):
    """A browser that wants to be told.

    `id` is the SHA-256 of its endpoint, so subscribing twice is one row.
    """

    id = fields.CharField(max_length=64, primary_key=True)
    endpoint = fields.TextField()
    p256dh = fields.CharField(max_length=100)
    auth = fields.CharField(max_length=40)
    device_id = fields.CharField(max_length=43, null=True)
    person_id = fields.UUIDField(null=True)
    language = fields.CharField(max_length=5, default="vi")
    created_at = fields.DatetimeField()

    class Meta:
        table = "subscription"
        indexes = [Index(fields=("device_id",)), Index(fields=("person_id",))]


class OutboxMessage(Model):
    """One message to one subscription about one event.

    The pair is unique, so an event read twice is told once.
    """

    id = fields.UUIDField(primary_key=True)
    subscription_id = fields.CharField(max_length=64)
    event_seq = fields.BigIntField()
    payload: dict[str, Any] = fields.JSONField(default=dict)
    state = fields.CharField(max_length=10, default="queued")
    attempts = fields.IntField(default=0)
    next_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    error = fields.CharField(max_length=200, default="")

    class Meta:
        table = "outbox_message"
        unique_together = (("subscription_id", "event_seq"),)
        indexes = [Index(fields=("state", "next_at"))]


class ReadMark(Model):
    """How far one reader of the event log has come."""

    name = fields.CharField(max_length=40, primary_key=True)
    seq = fields.BigIntField(default=0)

    class Meta:
        table = "read_mark"
