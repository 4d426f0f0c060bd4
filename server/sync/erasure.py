"""Erasing the content of dossiers that came to nothing, once it has been kept long enough.

Refused and stopped dossiers lead to no result: after the days that the operator sets, or when the
person asks, their answers, numbers, papers and signed content go. What stays is the register: code,
number, name, procedure, dates, steps, receipts, and the event log, whose chain must not break.
Finished dossiers are records of the state (Decree 30/2020, Art. 30) and are never erased here.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import F, Q

from .. import events
from ..attachments.models import Blob, ExpectedPage
from ..attachments.store import PageStore
from ..database import transaction
from ..dossiers.models import Dossier, DossierPage, Likeness, Supplement
from ..errors import Problem
from ..events import SYSTEM, Actor
from .models import Mutation

STATES = ("refused", "stopped")
AT_ONCE = 100


async def erase_old(store: PageStore, days: int, now: datetime) -> None:
    """Erase what ended more than `days` days ago, so many at a time; 0 keeps everything."""
    if not days:
        return
    old = Dossier.filter(state__in=STATES, closed_at__lt=now - timedelta(days=days), erased_at=None)
    found = await old.order_by("closed_at").limit(AT_ONCE)
    for dossier in found:
        await erase(store, dossier, SYSTEM, now)


async def erase(store: PageStore, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """Erase one dossier's content; one erased before stays as it is.

    Raises `erasure-refused` for a dossier that the register must keep whole.
    """
    if dossier.state not in STATES:
        raise Problem("erasure-refused", {"code": dossier.code})
    async with transaction() as connection:
        mine = Dossier.filter(id=dossier.id, state__in=STATES, erased_at=None)
        columns = {"answers": {}, "applicant_id_number": "", "applicant_phone": ""}
        if not await mine.using_db(connection).update(
            **columns, erased_at=now, version=F("version") + 1
        ):
            return
        gone = await _without_content(connection, dossier.id)
        await events.append(
            connection,
            "dossier.erased",
            actor,
            now,
            dossier_id=dossier.id,
            commune_code=dossier.commune_code,
        )
    # Their keys are gone with the transaction; a crash here leaves ciphertext that nothing opens.
    for digest in gone:
        await store.remove(digest)


async def _without_content(connection: BaseDBAsyncClient, dossier_id: uuid.UUID) -> list[str]:
    """Remove everything beside the dossier's row; the digests of pages no longer needed."""
    pages = DossierPage.filter(dossier_id=dossier_id).using_db(connection)
    digests = {one.digest for one in await pages}
    await DossierPage.filter(dossier_id=dossier_id).using_db(connection).delete()
    others = DossierPage.filter(digest__in=sorted(digests) or ["-"]).using_db(connection)
    gone = sorted(digests - {one.digest for one in await others})
    if gone:
        await ExpectedPage.filter(digest__in=gone).using_db(connection).delete()
        await Blob.filter(digest__in=gone).using_db(connection).delete()
    await Likeness.filter(dossier_id=dossier_id).using_db(connection).delete()
    await Supplement.filter(dossier_id=dossier_id).using_db(connection).update(before={})
    # The digest and the receipt stay, so that the same envelope still gets the same answer.
    decided = ~Q(verdict="held") | Q(decided_at__isnull=False)
    its = Q(filed_as=dossier_id) | Q(dossier_id=dossier_id, filed_as__isnull=True)
    signed = Mutation.filter(decided, its).using_db(connection)
    await signed.update(signed=b"")
    return gone
