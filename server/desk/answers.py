"""A dossier's answers as the desk reads them, in the language of whoever looks."""

from __future__ import annotations

from starlette.requests import Request

from ..dossiers.models import Dossier
from ..forms.shelf import FormShelf
from ..forms.summary import Section, summarise


async def sections_of(
    request: Request, dossier: Dossier, language: str, *, with_unanswered: bool = False
) -> list[Section]:
    """Titled sections of labelled lines, judged at the time the phone stated."""
    forms: FormShelf = request.state.forms
    form = await forms.get(dossier.form_digest)
    return summarise(
        form,
        dossier.answers,
        now=dossier.device_at,
        language=language if language in form.definition.languages else "",
        with_unanswered=with_unanswered,
    )
