"""Who opened one's dossier: told to the phone that filed or claimed it, and to its person."""

from __future__ import annotations

import uuid

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..audit.reads import openings_of
from ..clock import iso
from ..dossiers.models import Dossier
from ..errors import Problem
from ..http import json_response, read_json
from ..identity import backend
from ..interface import operation
from ..services import services_of
from .protocol import DeviceProof
from .readers import asker_of


class OpeningsRequest(msgspec.Struct):
    """Who asks: the phone with its proof, as in a sync without cursor, or the login cookie."""

    device: DeviceProof | None = None


class Opening(msgspec.Struct):
    """`event`: `dossier.opened`, `page.opened`, `dossier.exported` or `dossier.audited`."""

    event: str
    role: str
    name: str
    at: str


@operation(
    body=OpeningsRequest, answer=list[Opening], problems=("request-malformed", "dossier-unknown")
)
async def openings(request: Request) -> Response:
    """Who at the desk opened a dossier of one's own, the newest first."""
    asked = await read_json(request, OpeningsRequest)
    services = services_of(request)
    visitor = await backend.visitor(request)
    asker = await asker_of(
        services.keyring.secret,
        asked.device,
        None,
        visitor.id if visitor else None,
        services.clock.now(),
    )
    try:
        dossier_id = uuid.UUID(request.path_params["dossier"])
    except ValueError:
        raise Problem("dossier-unknown") from None
    reader = asker.reader
    if reader is None or not await Dossier.filter(reader.sees(), id=dossier_id).exists():
        raise Problem("dossier-unknown")
    found = await openings_of(dossier_id)
    return json_response([Opening(o.event, o.role, o.name, iso(o.at)) for o in found])


routes: list[BaseRoute] = [Route("/dossiers/{dossier}/openings", openings, methods=["POST"])]
