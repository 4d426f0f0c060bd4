"""Event name → what follows from it.

A job runs in the worker's transaction, together with the read mark: it may change rows and write
messages to the outbox, and sends nothing. Each may run again for the same event after a crash
before the commit, never after it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tortoise.backends.base.client import BaseDBAsyncClient

from .events import Event
from .notifications import outbox
from .notifications.messages import MESSAGES

Job = Callable[[BaseDBAsyncClient, Event], Awaitable[None]]

JOBS: Mapping[str, tuple[Job, ...]] = {
    name: (outbox.tell,) for name, message in MESSAGES.items() if message.is_pushed
}
