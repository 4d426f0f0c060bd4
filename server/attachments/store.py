"""Where page ciphertexts lie: a local directory by default, S3 by configuration, memory in tests.

The sole caller of obstore. Objects are named by the SHA-256 of their bytes and never change, so
putting one twice is the same as once. What `put` has returned from is on the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store
from starlette.requests import HTTPConnection


class PageStore:
    """Content-addressed objects. Every method may be repeated and called by several processes."""

    def __init__(self, objects: ObjectStore, folder: Path | None = None) -> None:
        self._objects = objects
        self._folder = folder

    async def put(self, digest: str, content: bytes) -> None:
        """Keep `content` under its SHA-256 `digest` (hex); a held one stays as it is."""
        with contextlib.suppress(AlreadyExistsError):
            await obstore.put_async(self._objects, _name(digest), content, mode="create")
        if self._folder:
            await asyncio.to_thread(_settle, self._folder / _name(digest))

    async def get(self, digest: str) -> bytes | None:
        """The bytes, or nothing when they are not held."""
        with contextlib.suppress(FileNotFoundError):
            result = await obstore.get_async(self._objects, _name(digest))
            return bytes(await result.bytes_async())
        return None

    async def size(self, digest: str) -> int | None:
        """How many bytes are held, or nothing."""
        with contextlib.suppress(FileNotFoundError):
            return (await obstore.head_async(self._objects, _name(digest)))["size"]
        return None

    async def digests(self) -> AsyncIterator[str]:
        """The digests of all that is held, in no order; more may come meanwhile."""
        async for objects in obstore.list(self._objects, "pages"):
            for one in objects:
                yield one["path"].rpartition("/")[2]

    async def remove(self, digest: str) -> None:
        """Forget the object; one that is not held is no fault."""
        with contextlib.suppress(FileNotFoundError):
            await obstore.delete_async(self._objects, _name(digest))


def open_store(url: str) -> PageStore:
    """The store at `file:///folder`, `s3://bucket/prefix` or `memory://`.

    S3 takes its account, region and endpoint from the usual `AWS_*` variables.
    """
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return PageStore(MemoryStore())
    if parts.scheme == "s3":
        return PageStore(S3Store(parts.netloc, prefix=parts.path.strip("/") or None))
    folder = Path(parts.path)
    folder.mkdir(parents=True, exist_ok=True)
    return PageStore(LocalStore(folder), folder)


def store_of(request: HTTPConnection) -> PageStore:
    """The page store of the application that handles `request`."""
    store: PageStore = request.state.pages
    return store


def _name(digest: str) -> str:
    return f"pages/{digest[:2]}/{digest}"


def _settle(path: Path) -> None:
    """Object and name survive a power cut: the store itself does not wait for the disk."""
    for place in (path, path.parent, path.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
