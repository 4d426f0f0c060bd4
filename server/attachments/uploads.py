"""Resumable uploads: begin, append at the offset, finish with the digest.

Bytes go to one file an upload; the length of that file is the offset, so nothing can disagree with
it after a cut, a crash or a reboot. What was acknowledged was on the disk first. Only pages that a
kept mutation named are taken. Finishing may happen any number of times: the object is named by its
digest, its row is written once, and the page's dossiers are told again.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from starlette.requests import ClientDisconnect

from ..clock import Clock
from ..database import transaction
from ..errors import Problem
from ..rows import numbered
from ..turns import Turns
from .models import Blob, ExpectedPage, Upload
from .quota import check_quota
from .store import PageStore

FLUSH = 1 << 18
LIFE = timedelta(days=14)
STRAY = timedelta(days=1)
# A phone that forgot its upload begins another; only so many half-sent copies of a page are kept.
COPIES = 4
ALGORITHMS = ("sha1", "sha256")
# Waits for a mutation that is just naming this page, so that one of the two sees the other.
_AWAIT_NAMING = "UPDATE expected_page SET named_at = named_at WHERE digest = $1"
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an upload has come, in bytes; `expires_at` is empty when the page is held."""

    id: str
    offset: int
    length: int
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a piece must hash to: an algorithm of `ALGORITHMS` and the base64 digest."""

    algorithm: str
    value: str


class Uploads:
    """The uploads of one server. `arrived(digest)` is called after a page is held, maybe again.

    `quota`: bytes that one phone may bring in a day.
    """

    def __init__(
        self,
        folder: Path,
        store: PageStore,
        clock: Clock,
        arrived: Callable[[str], Awaitable[None]],
        quota: int = 1 << 30,
        turns: Turns | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._store = store
        self._clock = clock
        self._arrived = arrived
        self._quota = quota
        self._turns = turns or Turns()

    async def begin(self, digest: str, length: int) -> Standing:
        """A new upload; for a page already held, one that is complete.

        Raises `upload-not-expected`, `upload-length-mismatch`, `upload-quota`, `device-too-fast`.
        """
        await self.sweep()
        expected = await ExpectedPage.get_or_none(digest=digest)
        if expected is None:
            raise Problem("upload-not-expected")
        await self._turns.take("page", expected.device_id)
        if expected.length != length:
            raise Problem("upload-length-mismatch")
        if await Blob.exists(digest=digest):
            await self._arrived(digest)
            return Standing(digest, length, length)
        if not await Upload.exists(digest=digest):
            await check_quota(expected.device_id, length, self._quota, self._clock.now())
        copies = Upload.filter(digest=digest).order_by("-created_at")
        for older in await copies.offset(COPIES - 1).limit(50):
            await self._forget(older.id)
        now = self._clock.now()
        upload = Upload(
            id=secrets.token_hex(16),
            digest=digest,
            length=length,
            created_at=now,
            expires_at=now + LIFE,
        )
        await asyncio.to_thread(self._file(upload.id).touch, exist_ok=False)
        await upload.save(force_create=True)
        return Standing(upload.id, 0, length, upload.expires_at)

    async def standing(self, upload_id: str) -> Standing:
        """How far it has come. Raises `upload-unknown`."""
        if not _ID.fullmatch(upload_id):
            raise Problem("upload-unknown")
        if len(upload_id) == 64:  # named by its digest: held when it was begun
            blob = await Blob.get_or_none(digest=upload_id)
            if blob is None:
                raise Problem("upload-unknown")
            return Standing(upload_id, blob.size, blob.size)
        upload = await self._upload(upload_id)
        if await Blob.exists(digest=upload.digest):
            await self._arrived(upload.digest)
            return Standing(upload_id, upload.length, upload.length)
        offset = await asyncio.to_thread(self._offset, upload_id)
        if offset == upload.length:  # a crash came between the last byte and the record of it
            with self._locked(upload_id):
                offset = await self._finish(upload)
        return Standing(upload_id, offset, upload.length, upload.expires_at)

    async def append(
        self,
        upload_id: str,
        offset: int,
        body: AsyncIterator[bytes],
        checksum: Checksum | None = None,
    ) -> Standing:
        """Add `body` at `offset`; what came before a broken connection is kept.

        Raises `upload-unknown`, `upload-offset-conflict`, `upload-locked`, `request-too-large`,
        `upload-checksum-mismatch`, `upload-digest-mismatch` (the upload then starts again at 0),
        `device-too-fast`.
        """
        await self._turns.take("piece", upload_id)
        before = await self.standing(upload_id)
        if before.offset != offset:
            raise _conflict(before.offset)
        if before.expires_at is None:
            return before
        upload = await self._upload(upload_id)
        with self._locked(upload_id):
            reached = await asyncio.to_thread(self._offset, upload_id)
            if reached != offset:
                raise _conflict(reached)
            reached = await self._write(upload, offset, body, checksum)
            if reached == upload.length:
                reached = await self._finish(upload)
        return Standing(upload_id, reached, upload.length, upload.expires_at)

    async def stop(self, upload_id: str) -> None:
        """Forget an upload under way; a held page stays. Raises `upload-unknown`."""
        await self.standing(upload_id)
        if len(upload_id) == 32:
            with self._locked(upload_id):
                await self._forget(upload_id)

    async def sweep(self) -> None:
        """Forget uploads whose time has run out, with their bytes."""
        expired = Upload.filter(expires_at__lt=self._clock.now()).order_by("expires_at").limit(50)
        for upload in await expired:
            await self._forget(upload.id)

    async def sweep_strays(self, now: datetime) -> None:
        """Remove files that a crash left without their upload; young ones may just be begun."""
        for file in await asyncio.to_thread(self._older_than, now - STRAY):
            if not await Upload.exists(id=file.stem):
                await asyncio.to_thread(file.unlink, missing_ok=True)

    def _older_than(self, moment: datetime) -> list[Path]:
        found = []
        for file in self._folder.glob("*.part"):
            with contextlib.suppress(FileNotFoundError):
                if file.stat().st_mtime < moment.timestamp():
                    found.append(file)
        return found

    async def _write(
        self, upload: Upload, offset: int, body: AsyncIterator[bytes], checksum: Checksum | None
    ) -> int:
        # sha1 is of the protocol; nothing rests on it, the whole page is checked with SHA-256.
        running = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        handle = await asyncio.to_thread(os.open, self._file(upload.id), os.O_WRONLY)
        position, is_whole, is_too_long = offset, False, False
        held = bytearray()
        try:
            with contextlib.suppress(ClientDisconnect):
                async for piece in body:
                    if position + len(held) + len(piece) > upload.length:
                        is_too_long = True
                        break
                    held += piece
                    if running:
                        running.update(piece)
                    if len(held) >= FLUSH:
                        await asyncio.to_thread(_write_all, handle, bytes(held), position)
                        position += len(held)
                        held.clear()
                else:
                    is_whole = True
            if held:
                await asyncio.to_thread(_write_all, handle, bytes(held), position)
                position += len(held)
        finally:
            # Also when the disk is full or the request was given up: what is kept is right and
            # on the disk, and the file is let go.
            try:
                is_right = not running or (is_whole and _base64(running.digest()) == checksum.value)  # type: ignore[union-attr]
                if is_too_long or not is_right:
                    await asyncio.to_thread(os.ftruncate, handle, offset)
                    position = offset
                await asyncio.to_thread(os.fsync, handle)
            finally:
                os.close(handle)
        if is_too_long:
            raise Problem("request-too-large", {"limit": upload.length - offset})
        if is_whole and not is_right:
            raise Problem("upload-checksum-mismatch")
        return position

    async def _finish(self, upload: Upload) -> int:
        file = self._file(upload.id)
        try:
            content = await asyncio.to_thread(file.read_bytes)
        except FileNotFoundError:  # stopped by another request meanwhile
            raise Problem("upload-unknown") from None
        if hashlib.sha256(content).hexdigest() != upload.digest:
            await asyncio.to_thread(os.truncate, file, 0)
            raise Problem("upload-digest-mismatch")
        await self._store.put(upload.digest, content)
        async with transaction() as connection:
            await connection.execute_query(numbered(connection, _AWAIT_NAMING), [upload.digest])
            await Blob.bulk_create(
                [Blob(digest=upload.digest, size=upload.length, stored_at=self._clock.now())],
                ignore_conflicts=True,
                using_db=connection,
            )
        await self._arrived(upload.digest)
        await asyncio.to_thread(file.unlink, missing_ok=True)
        return len(content)

    async def _upload(self, upload_id: str) -> Upload:
        upload = await Upload.get_or_none(id=upload_id)
        if upload is None or upload.expires_at < self._clock.now():
            raise Problem("upload-unknown")
        return upload

    async def _forget(self, upload_id: str) -> None:
        await Upload.filter(id=upload_id).delete()
        await asyncio.to_thread(self._file(upload_id).unlink, missing_ok=True)

    def _file(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}.part"

    def _offset(self, upload_id: str) -> int:
        try:
            return self._file(upload_id).stat().st_size
        except FileNotFoundError:
            raise Problem("upload-unknown") from None

    @contextlib.contextmanager
    def _locked(self, upload_id: str) -> Iterator[None]:
        """One writer at a time, across processes too; the lock goes with the process."""
        try:
            handle = os.open(self._file(upload_id), os.O_RDONLY)
        except FileNotFoundError:
            raise Problem("upload-unknown") from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise Problem("upload-locked") from None
        finally:
            os.close(handle)


def _conflict(offset: int) -> Problem:
    return Problem("upload-offset-conflict", {"offset": offset}, {"Upload-Offset": str(offset)})


def _write_all(handle: int, content: bytes, position: int) -> None:
    view = memoryview(content)
    while view:
        written = os.pwrite(handle, view, position)
        view, position = view[written:], position + written


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()
