"""Checked bodies in;

JSON, pages or problems out. The only place that turns an exception into an HTTP answer.
"""

from __future__ import annotations

import errno
import gzip
import logging
import re
from typing import Any, TypeVar

import brotli  # type: ignore[import-untyped]  # ships no types
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from .errors import Problem
from .refusals import note_problem

log = logging.getLogger("hoso")
T = TypeVar("T")
MAX_DEPTH = 32
# Seconds.
FULL_RETRY_AFTER = 60
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_SQLITE = {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
_FULL_TEXT = re.compile(rf"\(os error ({errno.ENOSPC}|{errno.EDQUOT}|{errno.EFBIG})\)")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body, at most `limit` bytes.

    Raises `request-too-large` as soon as that is passed.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise Problem("request-too-large", {"limit": limit})
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Problem("request-too-large", {"limit": limit})
    return bytes(body)


async def read_json(request: Request, shape: type[T], limit: int = 65_536) -> T:
    """The body decoded into a msgspec `shape`.

    Raises `request-malformed` naming the place that does not fit.
    """
    return decode(await read_body(request, limit), shape)


def decode(body: bytes, shape: type[T]) -> T:
    """JSON bytes as `shape`, no deeper than `MAX_DEPTH`. Raises `request-malformed`."""
    # Text with few brackets cannot be deep, and needs no closer look.
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and depth(body) > MAX_DEPTH:
        raise Problem("request-malformed", {"reason": f"deeper than {MAX_DEPTH} levels"})
    try:
        return msgspec.json.decode(body, type=shape)
    except (
        msgspec.ValidationError,
        msgspec.DecodeError,
        UnicodeDecodeError,
        RecursionError,
    ) as error:
        raise Problem("request-malformed", {"reason": str(error)[:200]}) from None


def depth(body: bytes) -> int:
    """How deep brackets nest in JSON text, strings left out. Done before any parser recurses."""
    level = deepest = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", body)):
        level += 1 if bracket in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def json_response(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`value` (msgspec types allowed) as JSON that no cache keeps."""
    return Response(
        msgspec.json.encode(value),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def encoding_of(request: Request) -> str:
    """The best content encoding of ours that the browser takes: `br`, `gzip` or empty."""
    accepted = {
        part.partition(";")[0].strip()
        for part in request.headers.get("accept-encoding", "").split(",")
        if not re.search(r";\s*q=0(\.0*)?\s*$", part)
    }
    return next((name for name in ("br", "gzip") if name in accepted), "")


def packed(request: Request, response: Response) -> Response:
    """A response whose body travels compressed.

    For what is public alone: next to a secret, the length of a compressed body tells of it.
    """
    response.headers["Vary"] = "Accept-Encoding"
    encoding = encoding_of(request)
    if not encoding:
        return response
    plain = bytes(response.body)
    response.body = brotli.compress(plain, quality=5) if encoding == "br" else gzip.compress(plain)
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.body))
    return response


def chosen_language(request: Request) -> str:
    """The language a person chose at the desk, as the cookie says; empty when they chose none."""
    names = (language_cookie(is_secure=True), language_cookie(is_secure=False))
    return next((request.cookies[name] for name in names if name in request.cookies), "")


def language_cookie(*, is_secure: bool) -> str:
    """The cookie's name; over https one that no neighbouring host can set."""
    return "__Host-hoso_language" if is_secure else "hoso_language"


def language_of(request: Request) -> str:
    """`en` when the person chose or their browser prefers English, else `vi`."""
    chosen = chosen_language(request) or request.headers.get("accept-language", "")
    return "en" if chosen.lower().startswith("en") else "vi"


def problem_response(request: Request, problem: Problem) -> Response:
    """The RFC 9457 answer."""
    note_problem(request, problem)
    return Response(
        msgspec.json.encode(problem.document(language_of(request))),
        status_code=problem.status,
        media_type="application/problem+json",
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def is_storage_full(error: BaseException) -> bool:
    """Whether the disk under database, uploads or pages took no more.

    Each of them says so in its own way, mostly as the cause of an exception of another library. A
    database file that may not grow is told of as an input or output error.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return True
        if getattr(cause, "sqlite_errorname", "") in _FULL_SQLITE:
            return True
        # PostgreSQL: disk_full. The object store speaks Rust and passes on the text alone.
        if getattr(cause, "sqlstate", "") == "53100" or _FULL_TEXT.search(str(cause)):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def as_problem(error: Exception) -> Problem:
    """Any exception as a catalogued problem.

    What was not foreseen is logged and reads `server-fault`.
    """
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        code = {404: "not-found", 405: "method-not-allowed", 413: "request-too-large"}.get(
            error.status_code
        )
        return Problem(code or "request-malformed", {"reason": error.detail})
    if isinstance(error, ClientDisconnect):
        return Problem("request-malformed", {"reason": "connection closed"})
    if is_storage_full(error):
        log.error("no room left: %s", error)
        return Problem("storage-full", headers={"Retry-After": str(FULL_RETRY_AFTER)})
    log.exception("unforeseen fault", exc_info=error)
    return Problem("server-fault")
