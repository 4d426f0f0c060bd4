"""What this reader may see since a cursor.

A cursor is the number of the newest event the phone has, and a mark of whose eyes it was for: when
a phone is claimed, or another person signs in, reading starts again from the beginning instead of
skipping what was not visible before. Numbers become visible in order (`events`), so nothing is
skipped by a change that commits late.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..dossiers.models import Dossier, DossierPage
from ..dossiers.snapshots import views
from ..dossiers.view import DossierView
from .readers import Reader

PAGE = 50
MISSING = 500


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of snapshots in the order of their newest events, and where to go on."""

    dossiers: list[DossierView]
    cursor: str | None
    more: bool
    missing: list[str]


async def changes_since(reader: Reader | None, cursor: str | None) -> Changes:
    """The next page of what changed."""
    if reader is None:
        return Changes([], cursor, more=False, missing=[])
    after = _after(reader, cursor)
    mine = Dossier.filter(reader.sees())
    found = await mine.filter(last_seq__gt=after).order_by("last_seq").limit(PAGE + 1)
    shown = found[:PAGE]
    newest = shown[-1].last_seq if shown else after
    return Changes(
        dossiers=await views(shown),
        cursor=f"{newest}.{reader.mark}",
        more=len(found) > PAGE,
        missing=await _missing(reader),
    )


async def _missing(reader: Reader) -> list[str]:
    """Pages the reader's dossiers still wait for."""
    waiting = DossierPage.filter(
        reader.sees("dossier__"), received_at=None, replaced_at=None, dossier__closed_at=None
    )
    return [page.digest for page in await waiting.limit(MISSING)]


def _after(reader: Reader, cursor: str | None) -> int:
    number, _, mark = (cursor or "").partition(".")
    is_ours = mark == reader.mark and number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if is_ours else 0
