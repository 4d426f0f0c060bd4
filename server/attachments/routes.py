"""The tus 1.0.0 protocol at `/uploads`: core, creation, creation-with-upload, checksum,
termination, expiration.

No login: what may be uploaded is decided by the digest that a kept mutation named. Every answer,
problems too, carries `Tus-Resumable`.
"""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Awaitable, Callable
from datetime import UTC
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..errors import Problem
from ..interface import operation
from .ciphertext import length_of
from .uploads import ALGORITHMS, Checksum, Standing, Uploads

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
MAX_PAGE = 8 << 20
EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration"
_DIGEST = re.compile(r"[0-9a-f]{64}")
Handler = Callable[[Request], Awaitable[Response]]


def tus(handler: Handler) -> Handler:
    """What every tus exchange has in common: the version asked for, the headers given."""

    @functools.wraps(handler)
    async def wrapped(request: Request) -> Response:
        try:
            if request.headers.get("tus-resumable") != VERSION:
                raise Problem("upload-version-unknown", headers={"Tus-Version": VERSION})
            return await handler(request)
        except Problem as problem:
            problem.headers.setdefault("Tus-Resumable", VERSION)
            raise

    return wrapped


async def options(request: Request) -> Response:
    """What this server can do."""
    return _answer(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Max-Size": str(length_of(MAX_PAGE)),
            "Tus-Extension": EXTENSIONS,
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


@operation(
    status=201,
    problems=(
        "upload-not-expected",
        "upload-length-mismatch",
        "upload-quota",
        "device-too-fast",
        "upload-version-unknown",
    ),
)
@tus
async def begin(request: Request) -> Response:
    """Begin the upload of one page (tus creation); `Upload-Metadata` holds its `digest`."""
    length = _number(request, "upload-length")
    standing = await _uploads(request).begin(_digest(request), length)
    headers = {"Location": f"/uploads/{standing.id}"}
    if request.headers.get("content-type") == PIECE and standing.offset < standing.length:
        standing = await _append(request, standing.id, 0)
    return _answer(201, headers, standing)


@operation(problems=("upload-unknown", "upload-version-unknown"))
@tus
async def head(request: Request) -> Response:
    """How much of a page has arrived (tus HEAD)."""
    standing = await _uploads(request).standing(request.path_params["id"])
    return _answer(200, {"Upload-Length": str(standing.length)}, standing)


@operation(
    status=204,
    problems=(
        "upload-unknown",
        "upload-offset-conflict",
        "upload-locked",
        "upload-checksum-mismatch",
        "upload-digest-mismatch",
        "upload-type-unknown",
        "device-too-fast",
        "upload-version-unknown",
    ),
)
@tus
async def append(request: Request) -> Response:
    """Add bytes at the offset (tus PATCH)."""
    if request.headers.get("content-type") != PIECE:
        raise Problem("upload-type-unknown")
    offset = _number(request, "upload-offset")
    return _answer(204, {}, await _append(request, request.path_params["id"], offset))


@operation(status=204, problems=("upload-unknown", "upload-locked", "upload-version-unknown"))
@tus
async def stop(request: Request) -> Response:
    """Forget an upload under way (tus DELETE)."""
    await _uploads(request).stop(request.path_params["id"])
    return _answer(204, {})


async def overridden(request: Request) -> Response:
    """POST with `X-HTTP-Method-Override`, for networks that let no PATCH through."""
    method = request.headers.get("x-http-method-override", "").upper()
    handler = {"PATCH": append, "DELETE": stop, "HEAD": head}.get(method)
    if handler is None:
        raise Problem("method-not-allowed")
    return await handler(request)


routes: list[BaseRoute] = [
    Route("/uploads", options, methods=["OPTIONS"]),
    Route("/uploads", begin, methods=["POST"]),
    Route("/uploads/{id}", options, methods=["OPTIONS"]),
    Route("/uploads/{id}", head, methods=["HEAD"]),
    Route("/uploads/{id}", append, methods=["PATCH"]),
    Route("/uploads/{id}", stop, methods=["DELETE"]),
    Route("/uploads/{id}", overridden, methods=["POST"]),
]


def _uploads(request: Request) -> Uploads:
    uploads: Uploads = request.state.uploads
    return uploads


async def _append(request: Request, upload_id: str, offset: int) -> Standing:
    checksum = None
    if stated := request.headers.get("upload-checksum"):
        algorithm, _, value = stated.partition(" ")
        if algorithm not in ALGORITHMS:
            raise Problem("request-malformed", {"reason": "Upload-Checksum"})
        checksum = Checksum(algorithm, value)
    return await _uploads(request).append(upload_id, offset, request.stream(), checksum)


def _answer(status: int, headers: dict[str, str], standing: Standing | None = None) -> Response:
    told = {"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers}
    if standing:
        told["Upload-Offset"] = str(standing.offset)
        if standing.expires_at:
            # A database may answer with its own zone object, which is not taken for UTC.
            expires = standing.expires_at.astimezone(UTC)
            told["Upload-Expires"] = format_datetime(expires, usegmt=True)
    return Response(status_code=status, headers=told)


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Problem("request-malformed", {"reason": name})
    return int(text)


def _digest(request: Request) -> str:
    for pair in request.headers.get("upload-metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "digest":
            try:
                digest = base64.b64decode(value, validate=True).decode("ascii")
            except ValueError:
                break
            if _DIGEST.fullmatch(digest):
                return digest
    raise Problem("request-malformed", {"reason": "Upload-Metadata: digest"})
