"""The whole examination in the order in which one thing rests on another. Changes nothing."""

from __future__ import annotations

from datetime import datetime

from ..attachments.store import open_store
from ..database import close_database, connect
from ..settings import Settings
from .database import file_findings, log_findings, schema_findings
from .findings import Finding, Progress
from .keys import key_findings, page_key_findings
from .mutations import mutation_findings
from .pages import page_findings, upload_findings
from .waiting import waiting_findings


async def examine(
    settings: Settings, now: datetime, told: Progress, *, is_thorough: bool = False
) -> list[Finding]:
    """All findings; the server may run meanwhile.

    With `is_thorough` every page is read and every receipt and page key tried. What cannot be
    looked at because something before it is broken is left out.
    """
    found, keyring = key_findings(settings.keys)
    found = await file_findings(settings) + found
    if any(one.check == "database" for one in found):
        return found
    try:
        await connect(settings)
        schema = await schema_findings()
        if schema:
            return found + schema
        told("log", 0, 1)
        found += await log_findings()
        told("log", 1, 1)
        store = open_store(settings.blob_url)
        found += await page_findings(store, told, is_thorough=is_thorough)
        found += await upload_findings(settings.data / "uploads", now)
        if keyring:
            found += await page_key_findings(keyring.storage, is_thorough=is_thorough)
            found += await mutation_findings(keyring, told, is_thorough=is_thorough)
        return found + await waiting_findings(now)
    finally:
        await close_database()
