"""What time alone brings about: run by the worker every hour, safe to run at any time.

What is forgotten here has lost its meaning by itself before: a code that has run out signs nobody
in whether its row is there or not. Events, mutations, dossiers and pages are never swept here; what
the operator no longer keeps is `sync/erasure`'s. Phones are told of pages that should have come.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from tortoise.expressions import Q

from .attachments.uploads import Uploads
from .dossiers.awaited import tell_of_awaited
from .forms.uploads import sweep_form_uploads
from .identity.models import Challenge, Enrolment, Login, OneTimeCode, Tries
from .notifications.models import OutboxMessage
from .notifications.outbox import FAILED, SENT
from .tracking.models import ClaimCode

Sweep = Callable[[datetime], Awaitable[None]]
# Kept for a while after their end, for whoever has to find out what happened.
CODES_KEPT = timedelta(days=1)
LOGINS_KEPT = timedelta(days=30)
MESSAGES_KEPT = timedelta(days=30)


async def sweep_sign_in(now: datetime) -> None:
    """Codes, challenges, enrolment links and logins that have ended."""
    await OneTimeCode.filter(expires_at__lt=now - CODES_KEPT).delete()
    await ClaimCode.filter(expires_at__lt=now - CODES_KEPT).delete()
    await Challenge.filter(expires_at__lt=now).delete()
    await Tries.filter(ends_at__lt=now).delete()
    ended = now - LOGINS_KEPT
    await Enrolment.filter(expires_at__lt=ended).delete()
    await Login.filter(Q(expires_at__lt=ended) | Q(revoked_at__lt=ended)).delete()


async def sweep_outbox(now: datetime) -> None:
    """Messages that were sent, or given up, long ago."""
    over = OutboxMessage.filter(state__in=[SENT, FAILED], next_at__lt=now - MESSAGES_KEPT)
    await over.delete()


def sweeps_of(uploads: Uploads, patience: timedelta) -> tuple[Sweep, ...]:
    """All sweeps of a server with these uploads, which waits for pages with this patience."""

    async def sweep_uploads(now: datetime) -> None:
        await uploads.sweep()
        await uploads.sweep_strays(now)

    async def tell_of_pages(now: datetime) -> None:
        await tell_of_awaited(now, patience)

    return sweep_sign_in, sweep_outbox, sweep_form_uploads, sweep_uploads, tell_of_pages
