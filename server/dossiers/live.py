"""Dossiers that a newer version of their form finds open: what was filed, what is asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..forms.rehearsal import Filed
from .models import Dossier, Supplement
from .queries import OPEN


async def open_filings(
    procedures: Iterable[str], form: str, most: int | None = None
) -> list[Filed]:
    """Return the open dossiers of these procedures filed on another version than `form`.

    At most so many when `most` is given, those that came last.
    """
    codes = sorted(set(procedures))
    found = Dossier.filter(procedure_code__in=codes, state__in=OPEN).exclude(form_digest=form)
    found = found.order_by("-submitted_at")
    found = found.limit(most) if most else found
    rows = await found.values_list("id", "form_digest", "answers")
    asked: defaultdict[object, list[str]] = defaultdict(list)
    waiting = Supplement.filter(answered_at=None, dossier__state="supplement")
    for dossier, items in await waiting.filter(dossier__procedure_code__in=codes).values_list(
        "dossier_id", "items"
    ):
        asked[dossier] += [item["path"] for item in items]
    return [Filed(digest, answers, tuple(asked[id_])) for id_, digest, answers in rows]
