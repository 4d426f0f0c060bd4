"""Push subscriptions: kept, renewed, ended.

Subscribing twice is one row, for its id is the digest of the endpoint. Who gets which news follows
from the device that proved itself and from the person signed in.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec

from .. import base64url
from ..errors import Problem
from ..identity.models import Device
from .endpoints import is_allowed
from .models import Subscription


def subscription_id(endpoint: str) -> str:
    """The name of a subscription."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def check_keys(p256dh: str, auth: str) -> None:
    """Raises `push-endpoint-refused` unless both keys are what RFC 8291 asks for."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64url.decode(p256dh))
        is_right = len(base64url.decode(auth)) == 16
    except ValueError:
        is_right = False
    if not is_right:
        raise Problem("push-endpoint-refused")


async def subscribe(
    endpoint: str,
    p256dh: str,
    auth: str,
    language: str,
    hosts: tuple[str, ...],
    now: datetime,
    *,
    device_id: str | None,
    person_id: uuid.UUID | None,
) -> Subscription:
    """Keep a subscription. Raises `push-endpoint-refused`."""
    if not is_allowed(endpoint, hosts):
        raise Problem("push-endpoint-refused")
    check_keys(p256dh, auth)
    if device_id is not None:
        device = await Device.get_or_none(id=device_id)
        if device is not None and device.revoked_at is not None:
            raise Problem("not-allowed")
    row = Subscription(
        id=subscription_id(endpoint),
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        device_id=device_id,
        person_id=person_id,
        language=language,
        created_at=now,
    )
    await Subscription.bulk_create(
        [row],
        on_conflict=["id"],
        update_fields=["p256dh", "auth", "device_id", "person_id", "language"],
    )
    return row
