"""The outbox: one row per subscription and event, written with the read mark, sent afterwards.

A row is claimed by compare-and-set with a lease, so several processes share the work and a message
whose sender died is sent by another. Sending twice is harmless: the phone shows the newest state.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q

from ..dossiers.models import Dossier
from ..events import Event
from ..identity.models import Device
from ..tracking.models import Claim
from .messages import payload
from .models import OutboxMessage, Subscription
from .web_push import Outcome

QUEUED, SENDING, SENT, FAILED = "queued", "sending", "sent", "failed"
LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# 1, 2, 4 … 256 minutes, then every 6 hours: a little over two days.
MAX_ATTEMPTS = 16


async def tell(connection: BaseDBAsyncClient, event: Event) -> None:
    """Write a message to every subscription that follows the event's dossier. Safe to repeat."""
    if event.dossier_id is None:
        return
    dossier = await Dossier.get_or_none(id=event.dossier_id, using_db=connection)
    if dossier is None:
        return
    messages = [
        OutboxMessage(
            id=uuid.uuid4(),
            subscription_id=subscription.id,
            event_seq=event.seq,
            payload=payload(dossier.id),
            next_at=event.at,
        )
        for subscription in await _followers(connection, dossier)
    ]
    if messages:
        await OutboxMessage.bulk_create(messages, ignore_conflicts=True, using_db=connection)


async def _followers(connection: BaseDBAsyncClient, dossier: Dossier) -> list[Subscription]:
    people = [p for p in (dossier.applicant_id, dossier.helper_id) if p is not None]
    opened = Claim.filter(dossier_id=dossier.id).using_db(connection)
    phones = [dossier.device_id, *(one.device_id for one in await opened)]
    found = await Subscription.filter(Q(device_id__in=phones) | Q(person_id__in=people)).using_db(
        connection
    )
    revoked = await Device.filter(
        id__in=[s.device_id for s in found if s.device_id], revoked_at__not_isnull=True
    ).using_db(connection)
    untrusted = {device.id for device in revoked}
    return [s for s in found if s.device_id is None or s.device_id not in untrusted]


async def claim(now: datetime, most: int = 20) -> list[OutboxMessage]:
    """Messages due, now ours to send until the lease ends."""
    due = (
        await OutboxMessage.filter(state__in=[QUEUED, SENDING], next_at__lte=now)
        .order_by("next_at")
        .limit(most)
    )
    claimed = []
    for message in due:
        won = await OutboxMessage.filter(
            id=message.id, state__in=[QUEUED, SENDING], attempts=message.attempts
        ).update(state=SENDING, attempts=message.attempts + 1, next_at=now + LEASE)
        if won:
            message.state, message.attempts = SENDING, message.attempts + 1
            claimed.append(message)
    return claimed


async def settle(message: OutboxMessage, outcome: Outcome, now: datetime) -> None:
    """Write down how sending a claimed message went."""
    mine = OutboxMessage.filter(id=message.id, state=SENDING, attempts=message.attempts)
    if outcome.kind == "sent":
        await mine.update(state=SENT, sent_at=now, error="")
    elif outcome.kind == "gone":
        await mine.update(state=FAILED, error=outcome.reason[:200])
        await forget(message.subscription_id)
    elif outcome.kind == "refused" or message.attempts >= MAX_ATTEMPTS:
        await mine.update(state=FAILED, error=outcome.reason[:200])
    else:
        wait = max(backoff(message.attempts), outcome.retry_after)
        await mine.update(state=QUEUED, next_at=now + wait, error=outcome.reason[:200])


async def forget(subscription_id: str) -> None:
    """Remove a subscription; what still waited for it is dropped."""
    await Subscription.filter(id=subscription_id).delete()
    await OutboxMessage.filter(subscription_id=subscription_id, state__in=[QUEUED, SENDING]).update(
        state=FAILED, error="no such subscription any more"
    )


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts in vain: a minute, doubling to six hours."""
    doublings = max(0, min(attempts - 1, 20))
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
