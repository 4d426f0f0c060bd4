"""Rescue files (docs/contracts.md, 8): sealed mutations and pages that came by hand.

Whoever brings one need not be whoever sealed it: an envelope carries its own authority, and the
server tells apart what it has already. Each part is taken as it comes, so a file that was cut still
brings what is before the cut.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import msgspec

from .. import base64url
from ..attachments.ciphertext import length_of
from ..attachments.models import Blob
from ..attachments.routes import MAX_PAGE
from ..attachments.uploads import Uploads
from ..errors import Problem
from .inbox import Inbox
from .payload import Record, Uuid
from .protocol import MAX_SEALED, Envelope

_NAME, _VERSION = b"HOSORES", b"1"
_ENVELOPE, _PAGE, _END = b"E", b"P", b"Z"
_HEAD = 1 + 4 + 32
_LARGEST = length_of(MAX_PAGE)
# What stands before the seal: ids, and a digest for each of at most sixty pages.
_LARGEST_HEADER = 16 << 10
MAX_ENVELOPES = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Header(Record):
    """What anyone may know of a sealed mutation."""

    id: Uuid
    kid: str
    dossier: Uuid
    pages: list[dict[str, Any]] = []


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: a sealed mutation when there is a `header`, else a page's ciphertext."""

    content: bytes
    digest: str
    header: Header | None = None


@dataclass(slots=True)
class Brought:
    """What became of one sealed mutation; `problem` is set when it was refused."""

    dossier: str
    verdict: str
    problem: Problem | None = None
    digests: list[str] = field(default_factory=list)
    pages_held: int = 0


@dataclass(slots=True)
class Rescue:
    """What became of a file; `fault` says that it was not whole."""

    brought: list[Brought] = field(default_factory=list)
    fault: Problem | None = None


def parts_of(file: BinaryIO) -> Iterator[Part]:
    """The parts in order, each checked; kinds of a later version are passed over.

    Raises `rescue-not-recognised`, `rescue-newer`, `rescue-damaged`.
    """
    start = file.read(len(_NAME) + 1)
    if start[:-1] != _NAME:
        raise Problem("rescue-not-recognised")
    if start[-1:] != _VERSION:
        raise Problem("rescue-newer")
    seen = hashlib.sha256()
    while len(head := file.read(_HEAD)) == _HEAD:
        kind, length, digest = head[:1], int.from_bytes(head[1:5]), head[5:]
        if length > _LARGEST:
            break
        content = file.read(length)
        if len(content) != length or hashlib.sha256(content).digest() != digest:
            break
        if kind == _END:
            if content != seen.digest():
                break
            return
        seen.update(kind + digest)
        if kind == _ENVELOPE:
            yield _envelope(content, digest.hex())
        elif kind == _PAGE:
            yield Part(content, digest.hex())
    raise Problem("rescue-damaged")


def _envelope(content: bytes, digest: str) -> Part:
    end = 2 + int.from_bytes(content[:2])
    if not 2 < end <= _LARGEST_HEADER or not 0 < len(content) - end <= MAX_SEALED:
        raise Problem("rescue-damaged")
    try:
        header = msgspec.json.decode(content[2:end], type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Problem("rescue-damaged") from None
    return Part(content[end:], digest, header)


async def take(file: BinaryIO, inbox: Inbox, uploads: Uploads, language: str) -> Rescue:
    """Deliver what the file holds, as its own phone would. Raises `server-busy`."""
    rescue = Rescue()
    parts = parts_of(file)
    try:
        while part := await asyncio.to_thread(next, parts, None):
            if part.header is None:
                await _take_page(uploads, part)
            elif len(rescue.brought) < MAX_ENVELOPES:
                rescue.brought.append(await _take_envelope(inbox, part.header, part, language))
    except Problem as problem:
        if not problem.code.startswith("rescue-") or problem.code == "rescue-not-recognised":
            raise
        rescue.fault = problem
    wanted = {digest for one in rescue.brought for digest in one.digests}
    held = {blob.digest for blob in await Blob.filter(digest__in=sorted(wanted) or ["-"])}
    for one in rescue.brought:
        one.pages_held = sum(digest in held for digest in one.digests)
    return rescue


async def _take_envelope(inbox: Inbox, header: Header, part: Part, language: str) -> Brought:
    sealed = Envelope(id=header.id, kid=header.kid, sealed=base64url.encode(part.content))
    verdicts, _ = await inbox.apply([sealed], None, language)
    digests = [str(page.get("digest", "")) for page in header.pages]
    named = [digest for digest in digests if _DIGEST.fullmatch(digest)]
    if not verdicts:
        return Brought(header.dossier, "later", digests=named)
    (verdict,) = verdicts
    told = verdict.problem or {}
    problem = Problem(str(told["code"]), told) if told else None
    return Brought(header.dossier, verdict.verdict, problem, named)


async def _take_page(uploads: Uploads, part: Part) -> None:
    """Keep a page that an accepted mutation named; any other is left in the file."""
    try:
        standing = await uploads.begin(part.digest, len(part.content))
        if standing.offset < standing.length:
            await uploads.append(standing.id, 0, _whole(part.content))
    except Problem as problem:
        if problem.code not in ("upload-not-expected", "upload-length-mismatch"):
            raise


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
