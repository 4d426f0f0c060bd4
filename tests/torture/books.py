"""The server's own records at the end of a history, held against the model: nothing is missing,
nothing is there twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from server.dossiers.models import Dossier, DossierPage
from server.events import Event
from server.sync.models import Mutation

from .model import Case, Model
from .verdicts import Broken

# Written without a change of the dossier: by staff who look, by checks that run on arrival.
COUNTED = {
    "dossier.submitted",
    "dossier.received",
    "dossier.refused",
    "dossier.supplement_requested",
    "dossier.supplemented",
    "dossier.stopped",
    "dossier.withdrawal_requested",
    "dossier.joined",
    "page.received",
}


async def check_books(model: Model, dossiers: Iterable[str]) -> None:
    """Raises Broken with the first thing that differs."""
    found = {str(row.id): row for row in await Dossier.filter(id__in=sorted(dossiers))}
    if extra := found.keys() - model.cases.keys():
        raise Broken("doubled", f"dossiers that nobody filed: {sorted(extra)}")
    for dossier, case in model.cases.items():
        if dossier not in found:
            raise Broken("lost", f"dossier {dossier}")
        await _check(model, case, found[dossier])
    rows = await Mutation.filter(id__in=sorted(model.settled))
    kept = {str(row.id): (row.digest, row.verdict) for row in rows}
    wanted = {
        one: (known.letter.digest, known.first.verdict) for one, known in model.settled.items()
    }
    if kept != wanted:
        raise Broken("lost", f"mutations {kept} for {wanted}")


async def _check(model: Model, case: Case, row: Dossier) -> None:
    rows = await Event.filter(dossier_id=row.id).values_list("name")
    events = Counter(name for (name,) in rows if name in COUNTED)
    for name in events | case.events:
        if events[name] != case.events[name]:
            kind = "doubled" if events[name] > case.events[name] else "lost"
            raise Broken(kind, f"{events[name]} × {name} of {row.id} for {case.events[name]}")
    standing = (row.state, row.version, row.answers["ho_ten"])
    if standing != (case.state, case.version, case.name):
        raise Broken("lost", f"{row.id} is {standing} for {case}")
    pages = await DossierPage.filter(dossier_id=row.id, replaced_at=None)
    current = {page.path: page.digest for page in pages}
    if current != case.pages or not all(page.received_at for page in pages):
        raise Broken("lost", f"pages of {row.id}: {current} for {case.pages}")
