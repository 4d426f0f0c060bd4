"""Work that waits too long: events nobody has read, messages nobody has sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..clock import iso
from ..events import Event
from ..notifications.models import OutboxMessage, ReadMark
from ..notifications.outbox import QUEUED, SENDING
from ..worker import READER
from .findings import Finding

UNREAD_FOR = timedelta(minutes=10)
# The outbox gives up after a little over two days.
UNSENT_FOR = timedelta(days=1)


async def waiting_findings(now: datetime) -> list[Finding]:
    """Whether the worker keeps up."""
    return [*await _unread(now), *await _unsent(now)]


async def _unread(now: datetime) -> list[Finding]:
    mark = await ReadMark.get_or_none(name=READER)
    unread = Event.filter(seq__gt=mark.seq if mark else 0)
    oldest = await unread.order_by("seq").first()
    if oldest is None or now - oldest.at < UNREAD_FOR:
        return []
    count = await unread.count()
    what = f"{count} events since {iso(oldest.at)} were not followed up; nobody was told of them."
    advice = "Start the server; if it runs, look in its log for “the worker met a fault”."
    return [Finding("work", "warning", what, advice, count)]


async def _unsent(now: datetime) -> list[Finding]:
    late = OutboxMessage.filter(state__in=[QUEUED, SENDING], next_at__lt=now - UNSENT_FOR)
    count = await late.count()
    if not count:
        return []
    oldest = await late.order_by("next_at").first()
    told = [oldest.error] if oldest and oldest.error else []
    what = f"{count} push messages should have gone out a day ago."
    advice = "Start the server; if it runs, check that it reaches the push services by https."
    return [Finding("work", "warning", what, advice, count, told)]
