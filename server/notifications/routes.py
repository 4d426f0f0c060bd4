"""HTTP for push subscriptions."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .. import base64url
from ..errors import Problem
from ..http import read_json
from ..identity import devices
from ..identity.backend import visitor
from ..interface import operation
from ..services import Services, services_of
from .outbox import forget
from .subscriptions import subscribe, subscription_id

Key = Annotated[str, msgspec.Meta(max_length=100)]
Address = Annotated[str, msgspec.Meta(min_length=8, max_length=2000)]


class Keys(msgspec.Struct):
    """The browser's public point (65 bytes) and its secret (16 bytes)."""

    p256dh: Key
    auth: Key


class BrowserSubscription(msgspec.Struct):
    """What `PushSubscription.toJSON()` gives."""

    endpoint: Address
    keys: Keys


class DeviceProof(msgspec.Struct):
    """The device's key with a signature over our nonce, as in a sync without cursor."""

    key: Key
    nonce: Key = ""
    proof: Key = ""


class SubscribeRequest(msgspec.Struct):
    """Tell this browser what happens to its device's and its person's dossiers."""

    subscription: BrowserSubscription
    device: DeviceProof | None = None
    language: Literal["vi", "en"] = "vi"


class Endpoint(msgspec.Struct):
    """The address of a subscription."""

    endpoint: Address


class UnsubscribeRequest(msgspec.Struct):
    """Tell this browser no more. Knowing the secret endpoint is the right to end it."""

    subscription: Endpoint


def proven_device(services: Services, claim: DeviceProof | None) -> str | None:
    """The id of the device that proved itself. Raises `signature-invalid` when the proof fails."""
    if claim is None or not claim.proof:
        return None
    try:
        point = base64url.decode(claim.key)
    except ValueError:
        raise Problem("signature-invalid") from None
    now, secret = services.clock.now(), services.keyring.secret
    if not devices.check_proof(secret, point, claim.nonce, claim.proof, "", now):
        raise Problem("signature-invalid")
    return devices.device_id(point)


@operation(
    body=SubscribeRequest,
    status=204,
    problems=("push-endpoint-refused", "signature-invalid", "sign-in-required", "not-allowed"),
)
async def add(request: Request) -> Response:
    """Subscribe this browser to news of its device's and its person's dossiers."""
    services = services_of(request)
    body = await read_json(request, SubscribeRequest)
    device_id = proven_device(services, body.device)
    who = await visitor(request)
    if device_id is None and who is None:
        raise Problem("sign-in-required")
    await subscribe(
        body.subscription.endpoint,
        body.subscription.keys.p256dh,
        body.subscription.keys.auth,
        body.language,
        services.settings.push_hosts,
        services.clock.now(),
        device_id=device_id,
        person_id=who.id if who else None,
    )
    return Response(status_code=204)


@operation(body=UnsubscribeRequest, status=204)
async def remove(request: Request) -> Response:
    """End a subscription; one that is not there is ended already."""
    body = await read_json(request, UnsubscribeRequest)
    await forget(subscription_id(body.subscription.endpoint))
    return Response(status_code=204)


routes: list[BaseRoute] = [
    Route("/push/subscriptions", add, methods=["POST"]),
    Route("/push/subscriptions", remove, methods=["DELETE"]),
]
