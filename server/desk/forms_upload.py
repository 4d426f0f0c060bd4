"""A form that an administrator brings: checked, compared, tried, and only then published.

Each step is a page of its own that can be opened again; what was brought is kept for some days.
Publishing asks for a fresh sign-in and for the very versions that the page was compared with.
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..clock import legal_day
from ..dossiers.actions import Desk
from ..dossiers.live import open_filings
from ..errors import Problem
from ..forms import difference, rehearsal, uploads, versions
from ..forms.models import FormUpload, Procedure
from ..identity.fresh import demand_fresh
from .asking import named
from .forms_list import HOME, last_day
from .forms_told import changed, found_in, kept_files, rehearsed, sizes, untranslated
from .inputs import posted, text
from .procedures import as_administrator
from .rendering import language_of, page
from .wording import day
from .words import say

MAX_FILES = 400
# Told on the page; what is larger still is cut off before it gets here (`sizes`).
MAX_MEGABYTES = 40
# Dossiers that a new version is tried on while somebody waits for the page.
TRIED = 1000
NEW = f"{HOME}/new"


async def ask(request: Request, *, fault: str = "", status: int = 200) -> Response:
    """The form to bring one with; `?procedure=` ticks those that share a form with it."""
    desk = await as_administrator(request)
    language = language_of(request)
    found = await Procedure.all().order_by("position", "code")
    wanted = request.query_params.get("procedure", "")
    forms = {one.form_digest for one in found if one.code == wanted}
    return page(
        request,
        "form_new.html",
        desk.visitor,
        {
            "procedures": [
                {
                    "code": one.code,
                    "name": named(one.about, "name", language) or one.code,
                    "is_chosen": one.form_digest in forms,
                }
                for one in found
            ]
        },
        fault=fault,
        status=status,
    )


async def bring(request: Request) -> Response:
    """Check a form and keep it. Bringing the same files again leads to the same page."""
    desk = await as_administrator(request)
    language = language_of(request)
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > MAX_MEGABYTES << 20:
        too_large = Problem("form-upload-too-large", {"megabytes": MAX_MEGABYTES})
        return await ask(request, fault=too_large.sentence(language), status=too_large.status)
    try:
        async with request.form(max_files=MAX_FILES, max_fields=200) as form:
            brought = await _brought(form, language)
        upload = await uploads.take(
            brought, desk.visitor.actor("administer", ""), desk.now, request.state.conversions
        )
    except Problem as problem:
        return await ask(request, fault=problem.sentence(language), status=problem.status)
    return RedirectResponse(f"{HOME}/{upload.id}", 303)


async def show(request: Request, *, fault: str = "", status: int = 200) -> Response:
    """What the check found; for a good form what would change, and the button that publishes."""
    desk = await as_administrator(request)
    language = language_of(request)
    upload = await uploads.read(request.path_params["upload"], desk.now)
    procedures = await Procedure.filter(code__in=upload.procedures).order_by("position", "code")
    current = {one.code: one.form_digest for one in procedures}
    is_same = set(current.values()) == {upload.form_digest}
    first, last = uploads.grace_days(desk.now)
    facts: dict[str, Any] = {
        "id": upload.id,
        "file": upload.name,
        "form": upload.form_digest,
        "told": upload.told,
        "procedures": [named(one.about, "name", language) or one.code for one in procedures],
        "kept": say("form-kept", language, until=day(legal_day(upload.expires_at))),
        "is_same": is_same,
        "published_until": last_day(upload.accepted_until) if upload.accepted_until else "",
        "found": found_in(upload.told, language),
        "untranslated": untranslated(upload.told, language),
        "kept_files": kept_files(upload.told, language),
        "errors": sum(one["level"] == "error" for one in upload.told["findings"]),
        "sizes": sizes(upload.told, language) if upload.form_digest else [],
        "seen": sorted(current.items()),
        "until": (uploads.usual_grace(desk.now), first, last),
        "comparisons": [],
        "rehearsal": [],
        "tried": 0,
    }
    if upload.form_digest and not is_same and upload.published_at is None:
        facts |= await _meant(upload, sorted(current.items()), language)
    return page(request, "form_upload.html", desk.visitor, facts, fault=fault, status=status)


async def publish(request: Request) -> Response:
    """Publish what was brought; a second click changes nothing more."""
    desk = await as_administrator(request)
    demand_fresh(request, desk.visitor)
    upload = await uploads.read(request.path_params["upload"], desk.now)
    form = await posted(request)
    seen = {code: text(form, f"seen:{code}") for code in upload.procedures}
    actor = desk.visitor.actor("administer", "")
    try:
        await uploads.publish_upload(upload, seen, _until(form, desk), actor, desk.now)
    except Problem as problem:
        if problem.code == "form-upload-gone":
            raise
        return await show(
            request, fault=problem.sentence(language_of(request)), status=problem.status
        )
    return RedirectResponse(f"{HOME}/{upload.id}", 303)


async def discard(request: Request) -> Response:
    """Forget what was brought; what it published stays."""
    desk = await as_administrator(request)
    upload = await uploads.read(request.path_params["upload"], desk.now)
    await uploads.discard(upload, desk.visitor.actor("administer", ""), desk.now)
    return RedirectResponse(f"{HOME}?done=form-discard", 303)


def _until(form: FormData, desk: Desk) -> date:
    """The last day for the version before. Raises `form-until-invalid` for what is no day."""
    try:
        return date.fromisoformat(text(form, "until", longest=10))
    except ValueError:
        first, last = uploads.grace_days(desk.now)
        raise Problem("form-until-invalid", {"first": day(first), "last": day(last)}) from None


async def _brought(form: FormData, language: str) -> uploads.Brought:
    """The files of a posted form. Raises `input-missing`."""
    file = form.get("form")
    if not isinstance(file, UploadFile) or not file.filename or not file.size:
        raise Problem("input-missing", {"field": say("form-file", language)})
    codes = sorted({str(code)[:20] for code in form.getlist("procedure") if code})
    if not codes:
        raise Problem("input-missing", {"field": say("form-procedures", language)})
    attachments = {
        _name(one): await one.read()
        for one in form.getlist("attachments")
        if isinstance(one, UploadFile) and one.filename
    }
    return uploads.Brought(_name(file), await file.read(), attachments, tuple(codes))


def _name(file: UploadFile) -> str:
    """A file's own name; some browsers tell the folder, too."""
    return (file.filename or "").replace("\\", "/").rpartition("/")[2][:200]


async def _meant(
    upload: FormUpload, current: list[tuple[str, str]], language: str
) -> dict[str, Any]:
    """What publishing would change and mean; computed aside, because forms may be long."""
    new = versions.of_compiled(await uploads.compiled_of(upload))
    spoken = language if language in new.definition.languages else ""
    digests = sorted({digest for _, digest in current} - {upload.form_digest})
    comparisons = []
    for digest in digests:
        old = await versions.of_published(digest)
        changes = await asyncio.to_thread(difference.compare, old, new, spoken)
        codes = ", ".join(code for code, form in current if form == digest)
        comparisons.append({"codes": codes, "changes": changed(changes, language)})
    filed = await open_filings([code for code, _ in current], upload.form_digest, TRIED)
    older = {one: await versions.of_published(one) for one in {filing.form for filing in filed}}
    outcomes = await asyncio.to_thread(rehearsal.rehearse, new, older, filed, spoken)
    return {
        "comparisons": comparisons,
        "rehearsal": rehearsed(outcomes, language),
        "tried": TRIED if len(filed) == TRIED else 0,
    }


routes: list[BaseRoute] = [
    Route(NEW, ask, methods=["GET"]),
    Route(NEW, bring, methods=["POST"]),
    Route(f"{HOME}/{{upload}}", show, methods=["GET"]),
    Route(f"{HOME}/{{upload}}/publish", publish, methods=["POST"]),
    Route(f"{HOME}/{{upload}}/discard", discard, methods=["POST"]),
]
