"""The keys: all there, readable by the server alone, and those that this database was made with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..attachments.ciphertext import open_key
from ..dossiers.models import DossierPage
from ..keyring import Keyring, open_keyring
from .findings import Finding, Tally

NEEDED = ("agency-*.pem", "receipts-*.pem", "push.pem", "storage.key", "secret.key")
SAMPLE = 500
_OTHERS = 0o077


def key_findings(folder: Path) -> tuple[list[Finding], Keyring | None]:
    """What is wrong with the files, and the keys when all are there. Makes none."""
    missing = [name for name in NEEDED if not [*folder.glob(name)]]
    if missing:
        what = f"Keys are missing in {folder}."
        advice = (
            "Bring them back from a backup before the server starts again: it would make new ones, "
            "which open nothing of before."
        )
        return [Finding("keys", "fault", what, advice, len(missing), missing)], None
    try:
        keyring = open_keyring(folder)
    except ValueError as error:
        advice = "Bring the keys back from a backup."
        return [Finding("keys", "fault", f"A key cannot be read: {error}", advice)], None
    found: list[Finding] = []
    if len(keyring.storage) != 32 or len(keyring.secret) < 32:
        what = "storage.key or secret.key is cut short."
        found.append(Finding("keys", "fault", what, "Bring the keys back from a backup."))
    open_files = Tally()
    for file in sorted([folder, *folder.glob("*.*")]):
        if file.stat().st_mode & _OTHERS:
            open_files.add(file.name)
    what = "{count} keys can be read by other accounts of this machine."
    return found + open_files.finding("keys", "warning", what, f"chmod -R go= {folder}"), keyring


async def page_key_findings(storage: bytes, *, is_thorough: bool) -> list[Finding]:
    """Whether the storage key opens the keys of pages: a sample, or all."""
    tally, last = Tally(), None
    while True:
        rows = DossierPage.all().order_by("-id")
        page = await (rows.filter(id__lt=last) if last else rows).limit(SAMPLE)
        tally_keys(tally, storage, page)
        if not is_thorough or len(page) < SAMPLE:
            break
        last = page[-1].id
    advice = "Put the storage.key in place that this database was used with: see your backups."
    return tally.finding("keys", "fault", "storage.key opens {count} page keys not.", advice)


def tally_keys(tally: Tally, storage: bytes, pages: Sequence[DossierPage]) -> None:
    """Try each page's key."""
    for page in pages:
        try:
            open_key(storage, bytes(page.key), page.digest)
        except ValueError:
            tally.add(page.digest)
