"""The keys that check receipts, and `/verify`, where anybody checks one without login."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from ..http import json_response, read_json
from ..interface import operation
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
    chosen = request.query_params.get("language", "")
    # Vietnamese unless the person chose otherwise, whatever the browser was sold with.
    switched = "en" if request.cookies.get("hoso_language") == "en" else "vi"
    language = chosen if chosen in WORDS else switched
    receipt = receipts.check(services_of(request).keyring.receipts, text) if text else None
    words = WORDS[language]
    body = (
        _environment()
        .get_template("verify.html")
        .render(
            language=language,
            t=words,
            asked=bool(text.strip()),
            text=text[: signing.MAX_LENGTH],
            receipt=receipt,
            facts=facts(receipt, language) if receipt else [],
            other_url=str(
                request.url.replace(scheme="", netloc="").include_query_params(
                    language=words["other"]
                )
            ),
        )
    )
    return HTMLResponse(body, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined
    )
