"""The keys that check receipts, and `/verify`, where anybody checks one without login."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from ..http import json_response, read_json
from ..interface import operation
from ..public import language_of, public_page
from ..services import services_of
from . import receipts, signing
from .receipts import Receipt
from .verification import WORDS, facts

FOLDER = Path(__file__).parent


class Asked(msgspec.Struct):
    """A receipt to check."""

    receipt: Annotated[str, Meta(max_length=signing.MAX_LENGTH)]


class Answer(msgspec.Struct, omit_defaults=True):
    """Whether it is genuine, and then what it says."""

    valid: bool
    receipt: Receipt | None = None


@operation(answer=dict[str, list[dict[str, str]]])
async def keys(request: Request) -> Response:
    """The public keys that check receipts, as a JWK set (RFC 7517)."""
    found = signing.jwks(services_of(request).keyring.receipts)
    return json_response(found, headers={"Cache-Control": "public, max-age=3600"})


async def verify_page(request: Request) -> Response:
    """The page, and the answer when a receipt came with the address, as from a QR code."""
    return _page(request, request.query_params.get("receipt", ""))


@operation(body=Asked, answer=Answer, problems=("request-malformed",))
async def verify(request: Request) -> Response:
    """Check a receipt: JSON for programs, a posted form for the page."""
    if request.headers.get("content-type", "").startswith("application/json"):
        asked = await read_json(request, Asked)
        receipt = receipts.check(services_of(request).keyring.receipts, asked.receipt)
        return json_response(Answer(valid=receipt is not None, receipt=receipt))
    form = await request.form(max_files=0, max_fields=5, max_part_size=signing.MAX_LENGTH * 2)
    return _page(request, str(form.get("receipt", "")))


async def style(request: Request) -> Response:
    """The page's style sheet."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return FileResponse(FOLDER / "static" / "verify.css", headers=headers)


routes: list[BaseRoute] = [
    Route("/.well-known/jwks.json", keys, methods=["GET"]),
    Route("/verify", verify_page, methods=["GET"]),
    Route("/verify", verify, methods=["POST"]),
    Route("/verify/verify.css", style, methods=["GET"]),
]


def _page(request: Request, text: str) -> Response:
    language = language_of(request)
    words = WORDS[language]
    receipt = receipts.check(services_of(request).keyring.receipts, text) if text else None
    other = request.url.replace(scheme="", netloc="").include_query_params(language=words["other"])
    return public_page(
        FOLDER / "templates",
        "verify.html",
        words=words,
        language=language,
        other_url=str(other),
        asked=bool(text.strip()),
        text=text[: signing.MAX_LENGTH],
        receipt=receipt,
        facts=facts(receipt, language) if receipt else [],
    )
