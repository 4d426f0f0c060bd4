"""Bodies in, problems out."""

import errno
import gzip
from collections.abc import AsyncIterator

import brotli  # type: ignore[import-untyped]  # ships no types
import msgspec
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from server.errors import Problem
from server.http import (
    as_problem,
    decode,
    depth,
    json_response,
    language_of,
    packed,
    read_body,
)


class Body(msgspec.Struct):
    name: str
    count: int = 0


def request(chunks: list[bytes], **headers: str) -> Request:
    async def arriving() -> AsyncIterator[dict[str, object]]:
        for chunk in chunks:
            yield {"type": "http.request", "body": chunk, "more_body": True}
        yield {"type": "http.request", "body": b"", "more_body": False}

    stream = arriving()
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return Request({"type": "http", "headers": raw}, receive=lambda: anext(stream))


async def test_body_within_the_limit_is_read_whole() -> None:
    assert await read_body(request([b"ab", b"cd"]), 4) == b"abcd"


async def test_body_past_the_limit_is_cut_off_whatever_was_declared() -> None:
    for asked in (request([b"ab", b"cde"]), request([b"x"], content_length="5")):
        with pytest.raises(Problem) as problem:
            await read_body(asked, 4)
        assert (problem.value.code, problem.value.facts) == ("request-too-large", {"limit": 4})


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"name": 1}', b'{"count": 1}', b'"\xff"', b"[" * 33 + b"]" * 33]
)
def test_malformed_json_is_a_problem(body: bytes) -> None:
    with pytest.raises(Problem) as problem:
        decode(body, Body)
    assert problem.value.code == "request-malformed"
    assert problem.value.facts["reason"]


def test_place_that_does_not_fit_is_named() -> None:
    with pytest.raises(Problem) as problem:
        decode(b'{"name": "x", "count": "y"}', Body)
    assert "$.count" in problem.value.facts["reason"]


@pytest.mark.parametrize(
    ("body", "deep"),
    [
        (b"1", 0),
        (b'{"a": [1]}', 2),
        (b'["[[[[", "\\"[["]', 1),
        (b"[" * 100_000, 100_000),
        (b'"unfinished [[[', 3),
    ],
)
def test_depth_counts_brackets_outside_strings(body: bytes, deep: int) -> None:
    assert depth(body) == deep


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "vi"),
        ({"accept_language": "en-GB,vi"}, "en"),
        ({"accept_language": "fr"}, "vi"),
        ({"accept_language": "en", "cookie": "hoso_language=vi"}, "vi"),
        ({"cookie": "hoso_language=en"}, "en"),
        ({"cookie": "__Host-hoso_language=en; hoso_language=vi"}, "en"),
    ],
)
def test_language_is_the_chosen_one_else_the_browsers(
    headers: dict[str, str], language: str
) -> None:
    assert language_of(request([], **headers)) == language


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Problem("not-allowed"), "not-allowed"),
        (HTTPException(404), "not-found"),
        (HTTPException(405), "method-not-allowed"),
        (HTTPException(413), "request-too-large"),
        (HTTPException(400), "request-malformed"),
        (ClientDisconnect(), "request-malformed"),
        (RuntimeError("x"), "server-fault"),
    ],
)
def test_every_exception_is_a_catalogued_problem(error: Exception, code: str) -> None:
    assert as_problem(error).code == code


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_public_body_travels_in_the_best_encoding_that_the_browser_takes(
    accepted: str, encoding: str
) -> None:
    content = {"text": "hồ sơ " * 100}
    answer = packed(request([], accept_encoding=accepted), json_response(content))
    assert answer.headers.get("content-encoding", "") == encoding
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    assert msgspec.json.decode(unpack(answer.body)) == content


def caused(cause: BaseException) -> Exception:
    """As libraries pass it on: an exception of their own with the true one as its cause."""
    outer = RuntimeError("could not write")
    outer.__cause__ = cause
    return outer


class FullDatabase(Exception):
    sqlstate = "53100"


class FullFile(Exception):
    sqlite_errorname = "SQLITE_FULL"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EFBIG, "File too large"),
        caused(OSError(errno.EDQUOT, "Disk quota exceeded")),
        caused(FullDatabase()),
        caused(FullFile()),
        ValueError("Generic LocalFileSystem error: No space left on device (os error 28)"),
    ],
)
def test_full_disk_is_told_as_one_with_a_time_to_come_back(error: Exception) -> None:
    problem = as_problem(error)
    assert (problem.code, problem.status) == ("storage-full", 507)
    assert int(problem.headers["Retry-After"]) > 0


def test_other_fault_of_a_file_is_no_full_disk() -> None:
    assert as_problem(OSError(errno.EACCES, "Permission denied")).code == "server-fault"
    assert as_problem(ValueError("os error 280")).code == "server-fault"
