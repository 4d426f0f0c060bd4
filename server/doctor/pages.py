"""Pages: what the database says is held against what the store really holds, and the uploads."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path

from ..attachments.models import Blob, Upload
from ..attachments.store import PageStore
from ..dossiers.models import DossierPage
from .findings import Finding, Progress, Tally

STEP = 500
_RESTORE = "Bring them back from a backup into the store; nobody but the phone has them else."


async def page_findings(store: PageStore, told: Progress, *, is_thorough: bool) -> list[Finding]:
    """Missing, damaged and unknown pages; with `is_thorough` every byte is read."""
    missing, damaged = Tally(), Tally()
    total, done, last = await Blob.all().count(), 0, ""
    known: set[str] = set()
    while rows := await Blob.filter(digest__gt=last).order_by("digest").limit(STEP):
        told("pages", done, total)
        for blob in rows:
            known.add(blob.digest)
            size = await store.size(blob.digest)
            if size is None:
                missing.add(blob.digest)
            elif size != blob.size or (is_thorough and not await _is_whole(store, blob.digest)):
                damaged.add(blob.digest)
        done, last = done + len(rows), rows[-1].digest
    told("pages", done, total)
    return [
        *missing.finding("pages", "fault", "{count} pages are not in the store.", _RESTORE),
        *damaged.finding("pages", "fault", "{count} pages in the store are damaged.", _RESTORE),
        *await _unknown(store, known),
        *await _unheld(),
    ]


async def _is_whole(store: PageStore, digest: str) -> bool:
    content = await store.get(digest)
    return content is not None and hashlib.sha256(content).hexdigest() == digest


async def _unknown(store: PageStore, known: set[str]) -> list[Finding]:
    extra = Tally()
    async for digest in store.digests():
        if digest not in known and not await Blob.exists(digest=digest):
            extra.add(digest)
    what = "{count} objects in the store belong to no page known here."
    advice = "They do no harm: a crash may leave one, and its phone sends it again."
    return extra.finding("pages", "note", what, advice)


async def _unheld() -> list[Finding]:
    """Pages that a dossier counts as received though no page with that digest is held."""
    said = DossierPage.filter(received_at__not_isnull=True)
    lost, last = Tally(), None
    while rows := await (said.filter(id__gt=last) if last else said).order_by("id").limit(STEP):
        digests = {row.digest for row in rows}
        found = Blob.filter(digest__in=sorted(digests))
        held = {blob.digest for blob in await found}
        for row in rows:
            if row.digest not in held:
                lost.add(f"{row.digest} of dossier {row.dossier_id}")
        last = rows[-1].id
    what = "{count} pages count as received but are not held."
    return lost.finding("pages", "fault", what, _RESTORE)


async def upload_findings(folder: Path, now: datetime) -> list[Finding]:
    """Uploads without their file, files without their upload, and those that should be gone."""
    rows = {upload.id: upload for upload in await Upload.all()}
    files = await asyncio.to_thread(_halves, folder)
    halves, strays, old = Tally(), Tally(), Tally()
    for one in sorted(rows.keys() - files):
        # A finished upload stays known for a while, so that its phone may ask again.
        if not await Blob.exists(digest=rows[one].digest):
            halves.add(one)
    for one in sorted(files - rows.keys()):
        strays.add(f"{one}.part")
    for one in sorted(rows.keys() & files):
        if rows[one].expires_at < now:
            old.add(one)
    again = "Their phones begin again by themselves."
    cleared = "The server clears them away by itself while it runs."
    return [
        *halves.finding("uploads", "note", "{count} uploads have lost their file.", again),
        *strays.finding("uploads", "note", "{count} files belong to no upload.", cleared),
        *old.finding("uploads", "note", "{count} uploads have run out.", cleared),
    ]


def _halves(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.part")}
