"""Mutations: each has the verdict, the receipt and the effect that the others say it has."""

from __future__ import annotations

import uuid

from tortoise import connections

from ..errors import Problem
from ..keyring import Keyring
from ..results import receipts
from ..sync.envelopes import read_signed
from ..sync.models import Mutation
from .findings import Finding, Progress, Tally

STEP = 500
_EVIDENCE = "Keep a copy of the database as evidence and compare with the backups."
_WITHOUT_DOSSIER = (
    "SELECT id FROM mutation WHERE verdict = 'applied' AND NOT EXISTS"
    " (SELECT 1 FROM dossier WHERE dossier.id = mutation.dossier_id)"
)
_WITHOUT_MUTATION = (
    "SELECT id FROM dossier WHERE NOT EXISTS (SELECT 1 FROM mutation"
    " WHERE mutation.dossier_id = dossier.id AND mutation.kind = 'dossier.submit'"
    " AND verdict IN ('applied', 'held'))"
    " AND id NOT IN (SELECT filed_as FROM mutation WHERE filed_as IS NOT NULL)"
)
_WITHOUT_EVENT = (
    "SELECT id FROM dossier WHERE NOT EXISTS"
    " (SELECT 1 FROM event WHERE event.dossier_id = dossier.id"
    " AND event.seq = dossier.last_seq)"
)


async def mutation_findings(
    keyring: Keyring, told: Progress, *, is_thorough: bool
) -> list[Finding]:
    """Receipts against rows (a sample, or all), and rows against dossiers and events."""
    return [
        *await _receipts(keyring, told, is_thorough=is_thorough),
        *await _rows(
            _WITHOUT_DOSSIER, "{count} applied mutations have no dossier: it was removed."
        ),
        *await _rows(_WITHOUT_MUTATION, "{count} dossiers were not filed by any mutation."),
        *await _rows(_WITHOUT_EVENT, "{count} dossiers name a newest event that is not theirs."),
    ]


async def _rows(question: str, what: str) -> list[Finding]:
    tally = Tally()
    for row in await connections.get("default").execute_query_dict(question):
        tally.add(row["id"])
    return tally.finding("mutations", "fault", what, _EVIDENCE)


async def _receipts(keyring: Keyring, told: Progress, *, is_thorough: bool) -> list[Finding]:
    lacking, unsigned, unlike = Tally(), Tally(), Tally()
    kept = Mutation.filter(verdict__in=["applied", "held"])
    total = await kept.count()
    done, last = 0, None
    while rows := await (kept.filter(id__lt=last) if last else kept).order_by("-id").limit(STEP):
        told("receipts", done, total if is_thorough else min(total, STEP))
        for row in rows:
            receipt = receipts.check(keyring.receipts, row.receipt) if row.receipt else None
            if not row.receipt:
                lacking.add(row.id)
            elif receipt is None:
                unsigned.add(row.id)
            elif not _is_of(receipt, row):
                unlike.add(row.id)
        done, last = done + len(rows), rows[-1].id
        if not is_thorough:
            break
    told("receipts", done, done)
    key = "Put the receipts-N.pem in place that this database was used with: see your backups."
    return [
        *lacking.finding("receipts", "fault", "{count} mutations have no receipt.", _EVIDENCE),
        *unsigned.finding("receipts", "fault", "{count} receipts do not verify.", key),
        *unlike.finding(
            "receipts", "fault", "{count} mutations differ from what was receipted.", _EVIDENCE
        ),
    ]


def _is_of(receipt: receipts.Receipt, row: Mutation) -> bool:
    """Whether the receipt, the row and what the device signed tell of the same.

    What was signed is gone where a dossier's content was erased (`sync/erasure`).
    """
    signed = bytes(row.signed)
    try:
        content = read_signed(signed) if signed else None
    except Problem:
        return False
    return (
        uuid.UUID(receipt.jti) == row.id
        and uuid.UUID(receipt.sub) == row.dossier_id
        and receipt.digest == row.digest
        and (receipt.kind, receipt.verdict) == (row.kind, row.verdict)
        and receipt.device == row.device_id
        and (content is None or (content.digest, content.device_id) == (row.digest, row.device_id))
    )
