"""A backup: database, keys and pages in one folder, made while the server runs; and the way back.

    backup.json   version, time, kind of database      keys/…     the secrets
    SHA256SUMS    digest and path of every file        pages/…    ciphertext by digest
    hoso.db or hoso.pgdump

`SHA256SUMS` is written last and makes the folder a backup; `sha256sum -c` understands it. The
database is copied before the pages: they never change or go, so whatever the copy names is found
afterwards. A run that was cut off is simply run again, and keeps what it had; so does the next
day's backup into the same folder. Unfinished uploads are left out: their phones begin them again.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from . import VERSION
from .attachments.models import Blob
from .attachments.store import PageStore, open_store
from .clock import iso
from .database import sqlite_file
from .dumps import dump, file_name, load, settle
from .errors import Problem
from .settings import Settings

SUMS, ABOUT = "SHA256SUMS", "backup.json"
Progress = Callable[[str, int, int], None]
STEP = 500


async def back_up(
    settings: Settings, folder: Path, now: datetime, told: Progress, *, with_keys: bool = True
) -> None:
    """Make `folder` a backup of the running installation; the database is connected.

    `told(what, done, total)` is called as it goes on. Raises `backup-incomplete` after all else is
    there, when the store lacks pages that the database knows.
    """
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    (folder / SUMS).unlink(missing_ok=True)
    sums: dict[str, str] = {}
    name = file_name(settings.database_url)
    told("database", 0, 1)
    sums[name] = await asyncio.to_thread(_dumped, settings.database_url, folder / name)
    told("database", 1, 1)
    if with_keys:
        for key in sorted(settings.keys.glob("*.*")):
            if not key.name.startswith("."):
                sums[f"keys/{key.name}"] = _written(folder / "keys" / key.name, key.read_bytes())
    missing = await _copy_pages(open_store(settings.blob_url), folder, sums, told)
    about = {"v": 1, "version": VERSION, "madeAt": iso(now), "database": name, "keys": with_keys}
    sums[ABOUT] = _written(folder / ABOUT, msgspec.json.format(msgspec.json.encode(about)))
    listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))
    await asyncio.to_thread(_written, folder / SUMS, listed.encode())
    if missing:
        raise Problem("backup-incomplete", {"count": missing})


async def restore(settings: Settings, folder: Path, told: Progress) -> dict[str, Any]:
    """Bring back what `folder` holds into an empty installation; what the backup says of itself.

    Every file is checked before the first is brought back. The database comes last, so a run that
    was cut off is simply run again. Raises `backup-unreadable`, `backup-other-database`,
    `restore-target-used`.
    """
    sums = _sums(folder)
    _check(folder, ABOUT, sums[ABOUT])
    about: dict[str, Any] = msgspec.json.decode((folder / ABOUT).read_bytes())
    name = file_name(settings.database_url)
    if about["database"] != name:
        raise Problem("backup-other-database", {"kind": about["database"], "configured": name})
    file = sqlite_file(settings.database_url)
    if file and file.exists():
        raise Problem("restore-target-used", {"place": str(file)})
    for done, (path, digest) in enumerate(sums.items()):
        if done % STEP == 0:
            told("checking", done, len(sums))
        await asyncio.to_thread(_check, folder, path, digest)
    told("checking", len(sums), len(sums))
    _restore_keys(settings.keys, folder, sums)
    store = open_store(settings.blob_url)
    pages = [path for path in sums if path.startswith("pages/")]
    for done, path in enumerate(pages):
        if done % STEP == 0:
            told("pages", done, len(pages))
        await store.put(sums[path], await asyncio.to_thread((folder / path).read_bytes))
    told("pages", len(pages), len(pages))
    told("database", 0, 1)
    await asyncio.to_thread(load, folder / name, settings.database_url)
    told("database", 1, 1)
    return about


def _dumped(database_url: str, target: Path) -> str:
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    dump(database_url, draft)
    settle(draft)
    draft.replace(target)
    return _digest_of(target)


async def _copy_pages(store: PageStore, folder: Path, sums: dict[str, str], told: Progress) -> int:
    """Copy what is not there yet; how many pages the store lacks."""
    total, done, missing = await Blob.all().count(), 0, 0
    async for blob in _blobs():
        if done % STEP == 0:
            told("pages", done, max(total, done))
        done += 1
        path = f"pages/{blob.digest[:2]}/{blob.digest}"
        target = folder / path
        if not target.exists() or target.stat().st_size != blob.size:
            content = await store.get(blob.digest)
            if content is None or hashlib.sha256(content).hexdigest() != blob.digest:
                missing += 1
                continue
            await asyncio.to_thread(_written, target, content)
        sums[path] = blob.digest
    told("pages", done, done)
    return missing


async def _blobs() -> AsyncIterator[Blob]:
    last = ""
    while rows := await Blob.filter(digest__gt=last).order_by("digest").limit(STEP):
        for blob in rows:
            yield blob
        last = rows[-1].digest


def _written(path: Path, content: bytes) -> str:
    """Write a file that is whole whenever it is there; its digest."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    settle(path.parent)
    return hashlib.sha256(content).hexdigest()


def _sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except OSError:
        raise _unreadable(folder, f"there is no {SUMS}") from None
    pairs = [line.split("  ", 1) for line in lines]
    if any(len(pair) != 2 for pair in pairs) or not any(pair[-1] == ABOUT for pair in pairs):
        raise _unreadable(folder, f"{SUMS} is damaged")
    return {path: digest for digest, path in pairs}


def _check(folder: Path, path: str, digest: str) -> None:
    """A file must be what it was."""
    file = folder / path
    if not file.resolve().is_relative_to(folder.resolve()):
        raise _unreadable(folder, f"{path} leads out of it")
    try:
        found = _digest_of(file)
    except OSError:
        raise _unreadable(folder, f"{path} is missing") from None
    if found != digest:
        raise _unreadable(folder, f"{path} is damaged")


def _digest_of(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _restore_keys(keys: Path, folder: Path, sums: dict[str, str]) -> None:
    """Keys that are there already must be the backup's own; without any in it they just stay."""
    kept = {path.removeprefix("keys/"): path for path in sums if path.startswith("keys/")}
    there = {path.name for path in keys.glob("*.*")} if keys.exists() else set()
    for name in sorted(there):
        path = kept.get(name)
        is_ours = path and (keys / name).read_bytes() == (folder / path).read_bytes()
        if kept and not is_ours:
            raise Problem("restore-target-used", {"place": str(keys / name)})
    for name, path in kept.items():
        _written(keys / name, (folder / path).read_bytes())
        (keys / name).chmod(0o600)


def _unreadable(folder: Path, reason: str) -> Problem:
    return Problem("backup-unreadable", {"folder": str(folder), "reason": reason})
