"""Web Push (RFC 8030, 8291, 8292): encrypt a payload for one browser and post it.

The sole importer of `pywebpush`. `PushSender` is the interface: `post` tells how it went and never
raises for what a push service may answer. Endpoints are addresses that strangers gave us: only
known services are called, by https and never through a redirect (`endpoints`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Literal, Protocol

import aiohttp
from pywebpush import WebPushException, webpush_async

from .. import base64url
from ..keyring import SigningKey
from ..outside import OutsideResolver
from .endpoints import is_allowed
from .models import Subscription

TTL = timedelta(days=2)
TIME_LIMIT = 10.0
LONGEST_RETRY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt went.

    `sent`; `gone`: the subscription is dead; `refused`: this message never will be taken; `later`:
    try again, not before `retry_after`.
    """

    kind: Literal["sent", "gone", "refused", "later"]
    reason: str = ""
    retry_after: timedelta = timedelta(0)


class PushSender(Protocol):
    """Posts one payload to one subscription."""

    async def post(self, subscription: Subscription, payload: dict[str, Any]) -> Outcome:
        """One attempt, within `TIME_LIMIT` seconds."""
        ...


class _NoRedirects:
    """The part of a session that pywebpush uses; a redirect could lead inside."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def post(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._session.post(url, allow_redirects=False, **options)


class WebPush:
    """The real sender; an async context manager around its connections."""

    def __init__(self, key: SigningKey, contact: str, hosts: Sequence[str]) -> None:
        scalar = key.private.private_numbers().private_value.to_bytes(32)
        self._key = base64url.encode(scalar)
        self._contact = contact
        self._hosts = tuple(hosts)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> WebPush:
        connector = aiohttp.TCPConnector(resolver=OutsideResolver(self._hosts), limit=20)
        self._session = aiohttp.ClientSession(
            connector=connector, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def post(self, subscription: Subscription, payload: dict[str, Any]) -> Outcome:
        """One attempt, within `TIME_LIMIT` seconds."""
        if self._session is None:
            raise RuntimeError("the push sender is not open")
        if not is_allowed(subscription.endpoint, self._hosts):
            return Outcome("gone", "the endpoint is not of an allowed push service")
        try:
            await webpush_async(
                {
                    "endpoint": subscription.endpoint,
                    "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
                },
                data=json.dumps(payload, separators=(",", ":")),
                vapid_private_key=self._key,
                # Fresh each time: the library writes the audience into it and then keeps it.
                vapid_claims={"sub": self._contact},
                ttl=int(TTL.total_seconds()),
                timeout=TIME_LIMIT,
                headers={"Topic": _topic(payload), "Urgency": "normal"},
                aiohttp_session=_NoRedirects(self._session),
            )
        except WebPushException as failure:
            return judge(failure.status_code, failure.retry_after, str(failure), datetime.now(UTC))
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            return Outcome("later", f"{type(failure).__name__}: {failure}")
        except ValueError as failure:
            return Outcome("refused", f"unusable keys: {failure}")
        return Outcome("sent")


def judge(status: int | None, retry_after: str | None, reason: str, now: datetime) -> Outcome:
    """What an answer of a push service means (RFC 8030, 5 and 7.3)."""
    if status in (404, 410):
        return Outcome("gone", reason)
    # Without a status it was never posted: the browser's keys cannot be encrypted to.
    if status is None or (300 <= status < 500 and status not in (408, 425, 429)):
        return Outcome("refused", reason)
    return Outcome("later", reason, wait_of(retry_after, now))


def wait_of(retry_after: str | None, now: datetime) -> timedelta:
    """A Retry-After header, seconds or a date, as a wait of at most a day."""
    if not retry_after:
        return timedelta(0)
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=min(int(text), 10**6)), LONGEST_RETRY)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    if moment.tzinfo is None:
        return timedelta(0)
    return min(max(moment - now, timedelta(0)), LONGEST_RETRY)


def _topic(payload: dict[str, Any]) -> str:
    """Newer news of one dossier replaces older that still waits at the push service."""
    name = str(payload.get("dossier", "")).encode()
    return base64url.encode(hashlib.sha256(name).digest())[:32]
