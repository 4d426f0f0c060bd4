"""`POST /sync`, the one round trip of a phone, and `GET /catalogue`.

Sending needs no login: an envelope carries its own authority. Reading does (`readers.asker_of`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .. import base64url
from ..attachments.models import Blob
from ..clock import iso, parse
from ..dossiers.arrivals import page_received
from ..http import json_response, packed, read_json
from ..identity import backend, devices
from ..interface import operation
from ..refusals import note
from ..services import services_of
from ..turns import turns_of
from .catalogue import CatalogueDigest, compose
from .changes import changes_since
from .inbox import inbox_of
from .protocol import MAX_REQUEST, SyncReply, SyncRequest
from .readers import asker_of


@operation(
    body=SyncRequest,
    answer=SyncReply,
    problems=("request-malformed", "request-too-large", "server-busy", "device-too-fast"),
)
async def sync(request: Request) -> Response:
    """Deliver envelopes, get verdicts, changes and what is still missing."""
    services = services_of(request)
    asked = await read_json(request, SyncRequest, MAX_REQUEST)
    now = services.clock.now()
    device = devices.device_id(base64url.decode(asked.device.key)) if asked.device else None
    turns, cost = turns_of(request), 1 + len(asked.envelopes)
    await turns.take_from(request, cost)
    if device:
        await turns.take("device", device, cost)
    verdicts, wanted = await inbox_of(request).apply(
        asked.envelopes, device, asked.language, _behind(asked.time, now)
    )
    visitor = await backend.visitor(request)
    for verdict in verdicts:
        if verdict.problem:
            note(request, verdict.problem["code"])
    asker = await asker_of(
        services.keyring.secret,
        asked.device,
        asked.cursor,
        visitor.id if visitor else None,
        now,
        is_trusted=any(verdict.verdict == "applied" for verdict in verdicts),
    )
    changes = await changes_since(asker.reader, asked.cursor)
    catalogue: CatalogueDigest = request.state.catalogue
    return json_response(
        SyncReply(
            time=iso(now),
            nonce=devices.nonce(services.keyring.secret, device, now) if device else "",
            verdicts=verdicts,
            changes=changes.dossiers,
            cursor=changes.cursor,
            more=changes.more,
            missing=await _missing([*wanted, *changes.missing], now),
            catalogue=await catalogue.get(now),
            device="revoked" if asker.is_revoked else None,
        )
    )


def _behind(shown: str | None, now: datetime) -> int | None:
    """By how many seconds a phone's clock that shows this is behind ours."""
    try:
        return int((now - parse(shown)).total_seconds()) if shown else None
    except (ValueError, OverflowError):
        return None


async def _missing(digests: list[str], now: Any) -> list[str]:
    """What is really not here; a page that arrived just as the server stopped is told of now."""
    wanted = list(dict.fromkeys(digests))
    held = [blob.digest for blob in await Blob.filter(digest__in=wanted)] if wanted else []
    for digest in held:
        await page_received(digest, now)
    return [digest for digest in wanted if digest not in held]


@operation(answer=dict[str, Any])
async def catalogue(request: Request) -> Response:
    """Procedures, communes and keys (docs/contracts.md, 2)."""
    services = services_of(request)
    content = await compose(services.settings, services.keyring, services.clock.now())
    headers = {"ETag": f'"{content["digest"]}"', "Cache-Control": "no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return packed(request, json_response(content, headers=headers))


routes: list[BaseRoute] = [
    Route("/sync", sync, methods=["POST"]),
    Route("/catalogue", catalogue, methods=["GET"]),
]
