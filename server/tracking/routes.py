"""HTTP for following a dossier by its code and for claiming it on another phone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .. import base64url
from ..dossiers.models import Dossier
from ..dossiers.numbering import read_code
from ..dossiers.states import STATES
from ..errors import Problem
from ..http import json_response, read_json
from ..identity import devices
from ..identity.attempts import count_request, even_refusals
from ..identity.senders import sender_of
from ..interface import operation
from ..public import language_of, public_page
from ..refusals import note_problem
from ..services import services_of
from . import claims
from .words import WORDS

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Tracked(msgspec.Struct):
    """How far a dossier has come, and nothing else about it."""

    code: str
    state: str
    vi: str
    en: str


class ClaimRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Ask for a code to the phone number that the dossier gives for its applicant."""

    code: Short
    phone: Short


class ProvenDevice(msgspec.Struct, forbid_unknown_fields=True):
    """The phone's key with a signature over our nonce, as in a sync without cursor."""

    key: Key
    nonce: Key
    proof: Key


class ClaimAnswer(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """The dossier's code, the one-time code that was sent or told, and the phone to open it on."""

    code: Short
    one_time: Short
    device: ProvenDevice


class Claimed(msgspec.Struct):
    """The dossier that this phone follows now; the next sync brings it."""

    dossier: str


async def track(request: Request, text: str) -> Tracked | None:
    """The state of a dossier by its code. Raises `too-many-attempts`."""
    await count_request(request, "tracked")
    # Who guessed too often hears nothing, right or wrong: else the silence itself would tell.
    await count_request(request, "tracked-in-vain", step=0)
    code = read_code(text)
    found = await Dossier.filter(code=code).order_by("-submitted_at").first() if code else None
    if found is None:
        await count_request(request, "tracked-in-vain")
        return None
    state = STATES[found.state]
    return Tracked(found.code, found.state, state.label("vi"), state.label("en"))


async def track_page(request: Request) -> Response:
    """The page where anybody follows a dossier by its code; works without JavaScript."""
    text = request.query_params.get("code", "").strip()[:40]
    language = language_of(request)
    fault, status, found = "", 200, None
    try:
        found = await track(request, text) if text else None
    except Problem as problem:
        note_problem(request, problem)
        fault, status = problem.sentence(language), problem.status
    words = WORDS[language]
    return public_page(
        Path(__file__).parent / "templates",
        "track.html",
        words=words,
        status=status,
        language=language,
        other_url=f"/track?language={words['other']}",
        text=text,
        found=found,
        fault=fault,
    )


@operation(answer=Tracked, problems=("dossier-unknown", "too-many-attempts"))
async def track_one(request: Request) -> Response:
    """How far the dossier of a code has come: its state, and nothing about anybody."""
    found = await track(request, request.path_params["code"])
    if found is None:
        raise Problem("dossier-unknown")
    return json_response(found)


@operation(body=ClaimRequest, status=202, problems=("request-malformed", "too-many-attempts"))
async def ask(request: Request) -> Response:
    """Send a claim code to the applicant's phone number; the answer is the same for none."""
    body = await read_json(request, ClaimRequest)
    code = read_code(body.code)
    await count_request(request, "claim-asked", code or body.code)
    services = services_of(request)
    sending = BackgroundTask(
        claims.send,
        services.keyring.secret,
        sender_of(request),
        code,
        body.phone,
        services.clock.now(),
    )
    return Response(status_code=202, background=sending)


@operation(
    body=ClaimAnswer,
    answer=Claimed,
    problems=("claim-refused", "signature-invalid", "not-allowed", "too-many-attempts"),
)
async def redeem(request: Request) -> Response:
    """Open a dossier on this phone by a claim code."""
    body = await read_json(request, ClaimAnswer)
    services = services_of(request)
    secret, now = services.keyring.secret, services.clock.now()
    try:
        point = base64url.decode(body.device.key)
    except ValueError:
        raise Problem("signature-invalid") from None
    if not devices.check_proof(secret, point, body.device.nonce, body.device.proof, "", now):
        raise Problem("signature-invalid")
    code = read_code(body.code)
    await count_request(request, "claim-tried", code or body.code)
    async with even_refusals():
        dossier = await claims.redeem(secret, code, body.one_time, point, now)
    return json_response(Claimed(str(dossier.id)))


routes: list[BaseRoute] = [
    Route("/track", track_page, methods=["GET"]),
    Route("/track/{code}", track_one, methods=["GET"]),
    Route("/claims", ask, methods=["POST"]),
    Route("/claims/redeem", redeem, methods=["POST"]),
]
