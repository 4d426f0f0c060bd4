"""A page for the desk: fetched, opened, proved to be of a kind that is taken.

The route that serves it must send the type returned here, `nosniff` and a sandbox policy, so that a
file which is a picture and something else besides stays a picture.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from ..errors import Problem
from .ciphertext import decrypt, open_key
from .media import media_type_of
from .store import PageStore


class Page(Protocol):
    """What is known of a page: see `dossiers.models.DossierPage`."""

    digest: str
    media_type: str
    size: int
    key: bytes
    received_at: datetime | None


async def open_page(store: PageStore, storage: bytes, page: Page) -> tuple[str, bytes]:
    """Media type and bytes of a page; `storage` is the server's storage key.

    Raises `page-missing` while it is still on its way, `page-unreadable` when it does not open or
    is of no kind that is taken.
    """
    cipher_text = await store.get(page.digest) if page.received_at else None
    if cipher_text is None:
        raise Problem("page-missing")
    try:
        plain = decrypt(cipher_text, open_key(storage, bytes(page.key), page.digest))
    except ValueError:
        raise Problem("page-unreadable") from None
    media_type = media_type_of(plain, page.media_type)
    if media_type is None or len(plain) != page.size:
        raise Problem("page-unreadable")
    return media_type, plain
