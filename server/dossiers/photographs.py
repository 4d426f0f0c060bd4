"""The pages of a dossier: named by a mutation, received later, replaced by a supplement."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from ..attachments.ciphertext import seal_key
from ..attachments.models import Blob, ExpectedPage
from ..errors import Problem
from .models import Dossier, DossierPage


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page as a mutation names it: `size` plain bytes, `length` ciphertext bytes.

    `device_id` is the phone whose mutation names it.
    """

    name: str
    path: str
    media_type: str
    size: int
    digest: str
    length: int
    key: bytes
    device_id: str = ""


async def expect(
    connection: BaseDBAsyncClient, pages: Iterable[NamedPage], now: datetime
) -> frozenset[str]:
    """Let these pages be uploaded; returns the digests that are held already.

    Locks the expectation of each until the transaction ends, in one order for all: a page that is
    finishing at this moment is seen here, or sees what is written here.
    """
    expected = {
        page.digest: ExpectedPage(
            digest=page.digest, length=page.length, named_at=now, device_id=page.device_id
        )
        for page in pages
    }
    if not expected:
        return frozenset()
    await ExpectedPage.bulk_create(
        [expected[digest] for digest in sorted(expected)],
        on_conflict=["digest"],
        update_fields=["named_at"],
        using_db=connection,
    )
    held = Blob.filter(digest__in=list(expected)).using_db(connection)
    return frozenset([blob.digest for blob in await held])


async def name_pages(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    pages: tuple[NamedPage, ...],
    storage: bytes,
    now: datetime,
    keep: frozenset[str] | None = None,
) -> None:
    """Add `pages` to a dossier; with `keep`, current pages of other names are replaced by now."""
    held = await expect(connection, pages, now)
    current = DossierPage.filter(dossier_id=dossier.id, replaced_at=None).using_db(connection)
    if keep is not None:
        await current.exclude(name__in=[*keep, ""]).update(replaced_at=now)
    ever = DossierPage.filter(dossier_id=dossier.id).using_db(connection)
    known = {page.name for page in await ever}
    for page in pages:
        if page.name in known:
            raise Problem("request-malformed", {"reason": f"page {page.name[:80]}"})
    named = [page_row(dossier.id, page, storage, held, now) for page in pages]
    if named:
        await DossierPage.bulk_create(named, using_db=connection)


def page_row(
    dossier_id: uuid.UUID, page: NamedPage, storage: bytes, held: frozenset[str], now: datetime
) -> DossierPage:
    """The record of a named page; it counts as received when its digest is among those `held`."""
    return DossierPage(
        id=uuid.uuid4(),
        dossier_id=dossier_id,
        name=page.name,
        path=page.path,
        media_type=page.media_type,
        size=page.size,
        digest=page.digest,
        length=page.length,
        key=seal_key(storage, page.key, page.digest),
        received_at=now if page.digest in held else None,
    )


async def current_pages(dossier: Dossier) -> list[DossierPage]:
    """The pages that count, in the order they were named."""
    return await DossierPage.filter(dossier_id=dossier.id, replaced_at=None).order_by("path", "id")
