"""A second whole submission put into the dossier that is there, as a person at the desk decided.

The two together are judged by the form as a whole, like any submission, and what the form computes
is computed anew. Every page of both stays: one that no answer names any more counts as replaced.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from ..errors import Problem
from ..events import Actor
from ..forms.filling import Filling
from . import likeness
from .checks import check_presets, deciding_time, faults_of, refuse
from .filing import Filing, Office
from .folded import fold
from .joining import hindrance, joined
from .likeness import Told
from .mending import answers_of
from .models import Dossier, DossierPage
from .moves import move
from .photographs import NamedPage, name_pages
from .questions import questions_in
from .states import STATES, Place


async def unite(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    filing: Filing,
    choices: Mapping[str, str],
    actor: Actor,
    office: Office,
    *,
    mutation: str,
) -> Dossier:
    """Join a submission to the dossier, which stays where it is; the caller holds its row.

    `choices`: place → `there`, `sent` or `both` (see `joining`); `mutation`: the id of what is
    joined, for the log. Raises `transition-not-allowed`, `form-unknown`, `input-missing`,
    `answers-invalid`.
    """
    why = hindrance(dossier, filing)
    if why == "state":
        raise Problem("transition-not-allowed", {"state": STATES[dossier.state].vi})
    if why:
        raise Problem("form-unknown")
    form = await office.forms.get(dossier.form_digest)
    together = joined(form, dossier, filing, choices)
    check_presets(together.answers, filing.procedure, filing.commune)
    at = deciding_time(max(dossier.device_at, filing.device_at), office.now)
    filling = Filling(form, answers=together.answers, now=at, language=dossier.language)
    answers = answers_of(filling.growth.top, form.definition.nodes)
    questions = questions_in(form)
    named = questions.pages_named(answers)
    ever = {
        page.name: page
        for page in await DossierPage.filter(dossier_id=dossier.id).using_db(connection)
    }
    known = ever.keys() | {page.name for page in filing.pages}
    places = {name: ref for name, ref in named.items() if name in known}
    refuse(faults_of(filling, questions, answers, places))
    await _put_pages(connection, dossier, filing.pages, ever, places, office)
    facts: dict[str, Any] = {"mutation": mutation, "choices": dict(choices)}
    columns = {**together.columns, "applicant_folded": fold(together.columns["applicant_name"])}
    await move(
        connection,
        dossier,
        Place(dossier.state, dossier.stage),
        "dossier.joined",
        actor,
        office.now,
        data={**facts, **filing.agreed},
        changes={"answers": answers, **columns},
    )
    told = Told(dossier.id, dossier.procedure_code, dossier.commune_code, answers)
    await likeness.renew(connection, told, office.storage, office.now)
    return dossier


async def _put_pages(
    connection: BaseDBAsyncClient,
    dossier: Dossier,
    sent: tuple[NamedPage, ...],
    ever: Mapping[str, DossierPage],
    places: Mapping[str, str],
    office: Office,
) -> None:
    """Add what is new, and let just those pages count that the answers name, where they do."""
    if any(one.name in ever and ever[one.name].digest != one.digest for one in sent):
        raise Problem("request-malformed", {"reason": "pages: one name for two"})
    fresh = tuple(
        dataclasses.replace(one, path=places.get(one.name, one.path))
        for one in sent
        if one.name not in ever
    )
    keep = frozenset(places)
    await name_pages(connection, dossier, fresh, office.storage, office.now, keep=keep)
    mine = DossierPage.filter(dossier_id=dossier.id).using_db(connection)
    unnamed = [one.name for one in fresh if one.name not in places]
    if unnamed:
        await mine.filter(name__in=unnamed).update(replaced_at=office.now)
    for name, ref in places.items():
        page = ever.get(name)
        if page and (page.replaced_at is not None or page.path != ref):
            await mine.filter(name=name).update(replaced_at=None, path=ref)
